import { ArrowRightLeft } from 'lucide-react';
import { useState } from 'react';
import type { ContactSetup } from '../../../../../shared/bridge/contacts-contract.ts';
import { deleteStage, updateStage } from '../../../../../shared/pipelines/pipeline-operations.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useRunOperation } from '../../../lib/operations/use-operation.ts';
import { IconButton } from '../../../ui/button.tsx';
import { useDragOrder } from '../../../ui/controls/use-drag-order.ts';
import { Menu, MenuItem } from '../../../ui/menu.tsx';
import { ColorField } from './color-field.tsx';
import { DeleteWithHeirs } from './delete-with-heirs.tsx';
import { OrderRow } from './order-row.tsx';
import { lastPlace, moved, placesToTell } from './place-order.ts';

type Pipeline = ContactSetup['pipelines'][number];
type Stage = ContactSetup['stages'][number];

/** What a stage without a colour of its own is drawn in. */
const NO_COLOR = '#6b7280';

type ListProps = { pipeline: Pipeline; stages: readonly Stage[]; setup: ContactSetup; denied: string | null };

/** The stages of one pipeline in their order, each with its colour and its chance. */
export function StageList({ pipeline, stages, setup, denied }: ListProps) {
  const run = useRunOperation();
  const [deleting, setDeleting] = useState<Stage | null>(null);
  const change = (stage: Stage, fields: Partial<Stage>) => run(updateStage, { ...stage, ...fields });
  const move = async (from: number, to: number) => {
    for (const { one, displayOrder } of placesToTell(moved(stages, from, to))) await change(one, { displayOrder });
  };
  const drag = useDragOrder((from, to) => void move(from, to));
  const others = setup.pipelines.filter(({ id }) => id !== pipeline.id);
  const stagesOf = (id: string) => setup.stages.filter(({ pipelineId }) => pipelineId === id);
  return (
    <>
      <ul className="set-card set-list" aria-label={t('Stages of {{name}}', { name: pipeline.name })}>
        {stages.map((stage, place) => (
          <OrderRow
            key={stage.id}
            name={stage.name}
            denied={denied}
            place={place}
            count={stages.length}
            drag={drag(place)}
            onRename={(name) => void change(stage, { name })}
            onMove={(to) => void move(place, to)}
            onDelete={() => setDeleting(stage)}
            before={
              <ColorField
                name={stage.name}
                color={stage.color ?? NO_COLOR}
                denied={denied}
                onChoose={(color) => void change(stage, { color })}
              />
            }
            after={
              <>
                <ChanceField
                  stage={stage}
                  denied={denied}
                  onChange={(probability) => void change(stage, { probability })}
                />
                {others.length > 0 && (
                  <Menu
                    align="end"
                    trigger={
                      <IconButton
                        size="sm"
                        icon={ArrowRightLeft}
                        label={denied ?? t('{{name}} into another pipeline', { name: stage.name })}
                        disabled={denied !== null}
                      />
                    }
                  >
                    {others.map(({ id, name }) => (
                      <MenuItem
                        key={id}
                        label={t('To {{pipeline}}, with its contacts', { pipeline: name })}
                        onSelect={() => void change(stage, { pipelineId: id, displayOrder: lastPlace(stagesOf(id)) })}
                      />
                    ))}
                  </Menu>
                )}
              </>
            }
          />
        ))}
      </ul>
      {deleting && (
        <DeleteWithHeirs
          name={deleting.name}
          rule={{ field: 'stageId', op: 'among', values: [deleting.id] }}
          haveWords={(count) => t('{{count}} contacts are in this stage now.', { count })}
          heirs={[pipeline, ...others].map(({ id, name }) => ({
            group: name,
            heirs: stagesOf(id)
              .filter((stage) => stage.id !== deleting.id)
              .map((stage) => ({ value: stage.id, label: stage.name })),
          }))}
          none={t('no stage; they stay contacts')}
          onClose={() => setDeleting(null)}
          onDelete={async (moveTo) => (await run(deleteStage, { id: deleting.id, moveTo })) !== null}
        />
      )}
    </>
  );
}

type ChanceProps = { stage: Stage; denied: string | null; onChange: (probability: number) => void };

const ChanceField = ({ stage, denied, onChange }: ChanceProps) => (
  <label className="field w-24">
    <input
      key={stage.probability}
      type="number"
      min={0}
      max={100}
      aria-label={t('Chance of {{name}} in percent', { name: stage.name })}
      defaultValue={stage.probability}
      disabled={denied !== null}
      title={denied ?? undefined}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      onBlur={(event) => {
        const probability = Number(event.target.value);
        if (event.target.value.trim() && Number.isInteger(probability) && probability >= 0 && probability <= 100) {
          if (probability !== stage.probability) onChange(probability);
        } else event.target.value = String(stage.probability);
      }}
    />
    %
  </label>
);
