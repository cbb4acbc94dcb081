import { useState } from 'react';
import type { ContactSetup } from '../../../../../shared/bridge/contacts-contract.ts';
import { newId } from '../../../../../shared/kernel/ids.ts';
import {
  createPipeline,
  createStage,
  deletePipeline,
  deleteStage,
  updatePipeline,
  updateStage,
} from '../../../../../shared/pipelines/pipeline-operations.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useOperation, useRunOperation } from '../../../lib/operations/use-operation.ts';
import { useRoleReason } from '../../../lib/operations/use-reasons.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { Confirm } from '../../../ui/confirm.tsx';
import { RoleNote, SettingPage, SettingPart } from '../setting-parts.tsx';
import { Read } from '../setting-read.tsx';
import { NameForm } from './name-form.tsx';
import { OrderRow } from './order-row.tsx';

type Pipeline = ContactSetup['pipelines'][number];
type Stage = ContactSetup['stages'][number];

/** The ways a contact goes, stage by stage. */
export function PipelinesSection() {
  const read = useQuery('contacts.setup', {});
  const send = useOperation();
  const denied = useRoleReason(createPipeline.role);
  return (
    <SettingPage
      title={t('Pipelines')}
      lead={t('Each pipeline is a board. The chance of a stage weighs what it is worth.')}
    >
      <RoleNote role={createPipeline.role} />
      <Read of={read}>
        {({ pipelines, stages }) => (
          <>
            {pipelines.map((pipeline, place) => (
              <PipelinePart
                key={pipeline.id}
                pipeline={pipeline}
                place={place}
                pipelines={pipelines}
                stages={stages.filter(({ pipelineId }) => pipelineId === pipeline.id)}
                denied={denied}
              />
            ))}
            <SettingPart title={t('Another pipeline')}>
              <NameForm
                label={t('Name')}
                action={t('Add the pipeline')}
                denied={denied}
                submit={(name) => send(createPipeline, { id: newId(), name, displayOrder: pipelines.length })}
              />
            </SettingPart>
          </>
        )}
      </Read>
    </SettingPage>
  );
}

type PartProps = {
  pipeline: Pipeline;
  place: number;
  pipelines: readonly Pipeline[];
  stages: readonly Stage[];
  denied: string | null;
};

function PipelinePart({ pipeline, place, pipelines, stages, denied }: PartProps) {
  const run = useRunOperation();
  const send = useOperation();
  const [deleting, setDeleting] = useState<'pipeline' | Stage | null>(null);
  const { data } = useQuery('contacts.matching', {
    rule: { field: 'pipelineId', op: 'among', values: [pipeline.id] },
    sample: 0,
  });
  const movePipeline = async (by: number) => {
    const other = pipelines[place + by];
    if (!other) return;
    await run(updatePipeline, { id: pipeline.id, name: pipeline.name, displayOrder: place + by });
    await run(updatePipeline, { id: other.id, name: other.name, displayOrder: place });
  };
  const change = (stage: Stage, fields: Partial<Stage>) => run(updateStage, { ...stage, ...fields });
  const moveStage = async (at: number, by: number) => {
    const [stage, other] = [stages[at], stages[at + by]];
    if (!stage || !other) return;
    await change(stage, { displayOrder: at + by });
    await change(other, { displayOrder: at });
  };
  return (
    <SettingPart title={pipeline.name}>
      <ul className="set-card set-list">
        <OrderRow
          name={pipeline.name}
          denied={denied}
          place={place}
          count={pipelines.length}
          onRename={(name) => void run(updatePipeline, { id: pipeline.id, name, displayOrder: pipeline.displayOrder })}
          onMove={(by) => void movePipeline(by)}
          onDelete={() => setDeleting('pipeline')}
        />
      </ul>
      <ul className="set-card set-list" aria-label={t('Stages of {{name}}', { name: pipeline.name })}>
        {stages.map((stage, at) => (
          <OrderRow
            key={stage.id}
            name={stage.name}
            denied={denied}
            place={at}
            count={stages.length}
            onRename={(name) => void change(stage, { name })}
            onMove={(by) => void moveStage(at, by)}
            onDelete={() => setDeleting(stage)}
            after={
              <label className="field w-24">
                <input
                  key={stage.probability}
                  type="number"
                  min={0}
                  max={100}
                  aria-label={t('Chance of {{name}} in percent', { name: stage.name })}
                  defaultValue={stage.probability}
                  disabled={denied !== null}
                  onBlur={(event) => {
                    const probability = Number(event.target.value);
                    if (Number.isInteger(probability) && probability >= 0 && probability <= 100) {
                      if (probability !== stage.probability) void change(stage, { probability });
                    } else event.target.value = String(stage.probability);
                  }}
                />
                %
              </label>
            }
          />
        ))}
      </ul>
      <NameForm
        label={t('Name')}
        action={t('Add a stage')}
        denied={denied}
        submit={(name) =>
          send(createStage, { id: newId(), pipelineId: pipeline.id, name, displayOrder: stages.length })
        }
      />
      <Confirm
        open={deleting !== null}
        onOpenChange={(open) => !open && setDeleting(null)}
        title={t('Delete {{name}}?', { name: deleting === 'pipeline' ? pipeline.name : (deleting?.name ?? '') })}
        description={
          deleting === 'pipeline'
            ? t('{{count}} contacts are in it. They leave it and stay contacts.', { count: data?.count ?? 0 })
            : t('Its contacts leave the pipeline and stay contacts.')
        }
        confirmLabel={t('Delete')}
        onConfirm={() => {
          if (deleting === 'pipeline') void run(deletePipeline, { id: pipeline.id, anyway: true });
          else if (deleting) void run(deleteStage, { id: deleting.id, moveTo: null });
        }}
      />
    </SettingPart>
  );
}
