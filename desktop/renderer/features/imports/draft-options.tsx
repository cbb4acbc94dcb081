import type { ArgsOf } from '../../../../shared/bridge/bridge-contract.ts';
import type { ImportDraft } from '../../../../shared/imports/import-draft.ts';
import { countries } from '../../lib/format/countries.ts';
import { t } from '../../lib/i18n/t.ts';
import { SelectField } from '../../ui/field.tsx';

type DraftOptionsProps = { draft: ImportDraft; onChange: (change: Omit<ArgsOf<'imports.change'>, 'id'>) => void };

/** What the file alone does not say. */
export function DraftOptions({ draft, onChange }: DraftOptionsProps) {
  return (
    <section className="grid gap-4 sm:grid-cols-2" aria-label={t('Choices')}>
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
      <SelectField
        label={t('When a contact with the same phone or email is here already')}
        value={draft.duplicates}
        onChange={(event) => onChange({ duplicates: event.target.value as ImportDraft['duplicates'] })}
      >
        <option value="merge">{t('Fill that contact with the row')}</option>
        <option value="skip">{t('Leave both alone')}</option>
      </SelectField>
    </section>
  );
}
