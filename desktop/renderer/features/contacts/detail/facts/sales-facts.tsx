import { SquareKanban } from 'lucide-react';
import type { ContactDetail } from '../../../../../../shared/bridge/contacts-contract.ts';
import type { Sentiment } from '../../../../../../shared/contacts/contact.ts';
import { SentimentMark } from '../../../../lib/contacts/contact-marks.tsx';
import { fieldWord } from '../../../../lib/format/format-field.ts';
import { decimalsOf, formatMoney, moneyToEdit } from '../../../../lib/format/format-money.ts';
import { formatFull, formatSpan } from '../../../../lib/format/format-time.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { sentimentWords, useContactSetup, useCurrency } from '../../../../lib/rules/use-rule-names.ts';
import { useRunCommand } from '../../../../lib/use-command.ts';
import { useMay } from '../../../../lib/use-identity.ts';
import { useNow } from '../../../../lib/use-now.ts';
import { parseMoneyEntry } from '../../list/edit/parse-money-entry.ts';
import { InlineField } from '../inline-field.tsx';
import { InlineChoice } from './inline-choice.tsx';
import { useSaveFields } from './use-save-fields.ts';

type Props = { contact: ContactDetail };

/** Where a contact stands in a pipeline, since when, what it may bring and how it feels. */
export function SalesFacts({ contact }: Props) {
  return (
    <>
      <StageFact contact={contact} />
      <MoneyFact key={`${contact.id} value`} contact={contact} field="estimatedRevenueCents" />
      <MoneyFact key={`${contact.id} revenue`} contact={contact} field="actualRevenueCents" />
      <MoodFact contact={contact} />
    </>
  );
}

function StageFact({ contact }: Props) {
  const run = useRunCommand();
  const now = useNow();
  const { stages, pipelines } = useContactSetup();
  const choices = stages.map(({ id, name, pipelineId }) => ({
    value: id,
    label:
      pipelines.length > 1
        ? t('{{pipeline}}: {{stage}}', {
            pipeline: pipelines.find((pipeline) => pipeline.id === pipelineId)?.name ?? '',
            stage: name,
          })
        : name,
  }));
  return (
    <>
      <dt>{fieldWord('stageId')}</dt>
      <dd>
        <InlineChoice
          label={fieldWord('stageId')}
          value={contact.stageId}
          none={t('In no stage')}
          menuKey={{ id: 'contact.stage', label: t('Move to a stage'), icon: SquareKanban, shortcut: 's' }}
          choices={choices}
          pending={contact.sync.pending.includes('stageId')}
          onChoose={(stageId) => {
            if (stageId === contact.stageId) return;
            const pipelineId = stages.find(({ id }) => id === stageId)?.pipelineId ?? null;
            void run({ name: 'contacts.moveToStage', input: { contactIds: [contact.id], stageId, pipelineId } });
          }}
        />
      </dd>
      {contact.stageId !== null && contact.stageEnteredAt !== null && (
        <>
          <dt>{t('In this stage')}</dt>
          <dd className="leading-[26px]">
            <time title={formatFull(contact.stageEnteredAt)}>{formatSpan(now - contact.stageEnteredAt)}</time>
          </dd>
        </>
      )}
    </>
  );
}

function MoneyFact({ contact, field }: Props & { field: 'estimatedRevenueCents' | 'actualRevenueCents' }) {
  const save = useSaveFields(contact.id);
  const currency = useCurrency();
  const mayEdit = useMay('AGENT');
  const cents = contact[field];
  return (
    <>
      <dt>{fieldWord(field)}</dt>
      <dd>
        <InlineField
          label={fieldWord(field)}
          text={moneyToEdit(cents, currency)}
          shown={cents === null ? undefined : formatMoney(cents, currency)}
          pending={contact.sync.pending.includes(field)}
          readOnly={!mayEdit}
          onSave={async (typed) => {
            const parsed = parseMoneyEntry(typed, decimalsOf(currency));
            return parsed.ok ? save({ [field]: parsed.cents }) : parsed.message;
          }}
        />
      </dd>
    </>
  );
}

function MoodFact({ contact }: Props) {
  const run = useRunCommand();
  return (
    <>
      <dt>{t('Mood')}</dt>
      <dd>
        <InlineChoice
          label={t('Mood')}
          value={contact.sentiment}
          none={t('Not known')}
          shown={contact.sentiment ? <SentimentMark sentiment={contact.sentiment} /> : undefined}
          choices={Object.entries(sentimentWords()).map(([value, label]) => ({ value, label }))}
          pending={contact.sync.pending.includes('sentiment')}
          onChoose={(sentiment) =>
            void run({
              name: 'contacts.update',
              input: { id: contact.id, sentiment: sentiment as Sentiment | null },
            })
          }
        />
      </dd>
    </>
  );
}
