import { useState } from 'react';
import type { ContactSetup } from '../../../../../shared/bridge/contacts-contract.ts';
import { newId } from '../../../../../shared/kernel/ids.ts';
import {
  createPipeline,
  createStage,
  deletePipeline,
  updatePipeline,
} from '../../../../../shared/pipelines/pipeline-operations.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useOperation, useRunOperation } from '../../../lib/operations/use-operation.ts';
import { useRoleReason } from '../../../lib/operations/use-reasons.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { Confirm } from '../../../ui/confirm.tsx';
import { useDragOrder } from '../../../ui/controls/use-drag-order.ts';
import { RoleNote, SettingPage, SettingPart } from '../setting-parts.tsx';
import { Read } from '../setting-read.tsx';
import { NameForm } from './name-form.tsx';
import { OrderRow } from './order-row.tsx';
import { lastPlace, moved, placesToTell } from './place-order.ts';
import { StageList } from './stage-list.tsx';

type Pipeline = ContactSetup['pipelines'][number];

/** The ways a contact goes, stage by stage. */
export function PipelinesSection() {
  const read = useQuery('contacts.setup', {});
  const send = useOperation();
  const run = useRunOperation();
  const denied = useRoleReason(createPipeline.role);
  const [deleting, setDeleting] = useState<Pipeline | null>(null);
  const pipelines = read.data?.pipelines ?? [];
  const move = async (from: number, to: number) => {
    for (const { one, displayOrder } of placesToTell(moved(pipelines, from, to)))
      await run(updatePipeline, { id: one.id, name: one.name, displayOrder });
  };
  const drag = useDragOrder((from, to) => void move(from, to));
  return (
    <SettingPage
      title={t('Pipelines')}
      lead={t('Each pipeline is a board. The chance of a stage weighs what it is worth.')}
    >
      <RoleNote role={createPipeline.role} />
      <Read of={read}>
        {(setup) => (
          <>
            {pipelines.length > 0 && (
              <SettingPart title={t('Pipelines')}>
                <ul className="set-card set-list">
                  {pipelines.map((pipeline, place) => (
                    <OrderRow
                      key={pipeline.id}
                      name={pipeline.name}
                      denied={denied}
                      place={place}
                      count={pipelines.length}
                      drag={drag(place)}
                      onRename={(name) =>
                        void run(updatePipeline, { id: pipeline.id, name, displayOrder: pipeline.displayOrder })
                      }
                      onMove={(to) => void move(place, to)}
                      onDelete={() => setDeleting(pipeline)}
                    />
                  ))}
                </ul>
              </SettingPart>
            )}
            {pipelines.map((pipeline) => (
              <StagesPart key={pipeline.id} pipeline={pipeline} setup={setup} denied={denied} />
            ))}
            <SettingPart title={t('Another pipeline')}>
              <NameForm
                label={t('Name')}
                action={t('Add the pipeline')}
                denied={denied}
                maxLength={100}
                submit={(name) => send(createPipeline, { id: newId(), name, displayOrder: lastPlace(pipelines) })}
              />
            </SettingPart>
          </>
        )}
      </Read>
      {deleting && <DeletePipeline pipeline={deleting} onClose={() => setDeleting(null)} />}
    </SettingPage>
  );
}

function StagesPart({ pipeline, setup, denied }: { pipeline: Pipeline; setup: ContactSetup; denied: string | null }) {
  const send = useOperation();
  const stages = setup.stages.filter(({ pipelineId }) => pipelineId === pipeline.id);
  return (
    <SettingPart title={t('Stages of {{name}}', { name: pipeline.name })}>
      {stages.length > 0 ? (
        <StageList pipeline={pipeline} stages={stages} setup={setup} denied={denied} />
      ) : (
        <p className="text-small text-ink-3">{t('It has no stage yet, so no contact can stand in it.')}</p>
      )}
      <NameForm
        label={t('Name')}
        action={t('Add a stage')}
        denied={denied}
        maxLength={100}
        submit={(name) =>
          send(createStage, { id: newId(), pipelineId: pipeline.id, name, displayOrder: lastPlace(stages) })
        }
      />
    </SettingPart>
  );
}

function DeletePipeline({ pipeline, onClose }: { pipeline: Pipeline; onClose: () => void }) {
  const run = useRunOperation();
  const { data } = useQuery('contacts.matching', {
    rule: { field: 'pipelineId', op: 'among', values: [pipeline.id] },
    sample: 0,
  });
  return (
    <Confirm
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('Delete {{name}}?', { name: pipeline.name })}
      description={
        data
          ? t('{{count}} contacts are in it. They leave it and stay contacts.', { count: data.count })
          : t('Counting who is in it…')
      }
      confirmLabel={t('Delete')}
      onConfirm={() => void run(deletePipeline, { id: pipeline.id, anyway: true })}
    />
  );
}
