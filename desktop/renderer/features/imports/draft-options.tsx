import type { ArgsOf } from '../../../../shared/bridge/bridge-contract.ts';
import type { ImportDraft } from '../../../../shared/imports/import-draft.ts';
import { countries } from '../../lib/format/countries.ts';
import { t } from '../../lib/i18n/t.ts';
import { SelectField } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';

export type DraftChange = Omit<ArgsOf<'imports.change'>, 'id'>;
type DraftOptionsProps = { draft: ImportDraft; onChange: (change: DraftChange) => void };

/** What the file alone does not say. */
export function DraftOptions({ draft, onChange }: DraftOptionsProps) {
  return (
    <section className="grid gap-4" aria-label={t('Choices')}>
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label={t('What the file holds')}
          value={draft.kind}
          segments={[
            { value: 'contacts', label: t('Contacts') },
            { value: 'do_not_call', label: t('Numbers nobody is to call') },
          ]}
          onChoose={(kind) => onChange({ kind })}
        />
        {draft.remembered && (
          <span className="text-small text-ink-3">
            {t('Chosen as for the last file with these headings. Everything can be changed.')}
          </span>
        )}
      </div>
      {draft.kind === 'do_not_call' && (
        <p className="text-small text-ink-2">
          {t(
            'Contacts with these numbers are not called any more, and neither are contacts that get one of them later. No contact is made.',
          )}
        </p>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label={t('Phone numbers without a country code are from')}
          value={draft.defaultCountry}
          onChange={(event) => onChange({ defaultCountry: event.target.value })}
        >
          {countries().map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
        {draft.kind === 'contacts' && (
          <SelectField
            label={t('When a contact with the same phone or email is here already')}
            value={draft.duplicates}
            onChange={(event) => onChange({ duplicates: event.target.value as ImportDraft['duplicates'] })}
          >
            <option value="merge">{t('Fill that contact with the row')}</option>
            <option value="skip">{t('Leave both alone')}</option>
            <option value="create">{t('Make another contact')}</option>
          </SelectField>
        )}
      </div>
    </section>
  );
}
