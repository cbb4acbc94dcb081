import { Download } from 'lucide-react';
import { useCallback, useState, type ReactNode } from 'react';
import type { ExportedPeople } from '../../../../shared/bridge/bridge-contract.ts';
import type { ExportFormat, ExportParts, SalesforceObject } from '../../../../shared/exports/export-request.ts';
import { useAnnounce } from '../../lib/announce.tsx';
import { formatPercent } from '../../lib/format/format-count.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { Button } from '../../ui/button.tsx';
import { FieldError, SelectField } from '../../ui/field.tsx';
import { Modal } from '../../ui/modal.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useExport } from './use-export.ts';

/** Whom the file is to hold, and how many they are now; null where a search has not counted them all. */
export type ExportWish = { who: ExportedPeople; count: number | null; isSelection: boolean };

const formats = (): { value: ExportFormat; label: string; note: string }[] => [
  {
    value: 'csv',
    label: 'CSV',
    note: t('For spreadsheets and other programs. Imported here again, it changes nothing.'),
  },
  { value: 'xlsx', label: 'Excel', note: t('A workbook with a sheet for each part.') },
  { value: 'vcard', label: 'vCard', note: t('For address books and phones: names, numbers, addresses and tags.') },
  { value: 'salesforce', label: 'Salesforce', note: t('JSON records with our id in Switchboard_Id__c.') },
];

/** Asks what the file is to be, makes it and shows how far it is. Needs no line. */
export function ExportDialog({ wish, onClose }: { wish: ExportWish | null; onClose: () => void }) {
  return (
    <Modal
      title={titleOf(wish)}
      description={t('It is made on this computer from what is on it. No line is needed.')}
      open={wish !== null}
      onOpenChange={(open) => !open && onClose()}
    >
      {wish && <ExportForm wish={wish} onClose={onClose} />}
    </Modal>
  );
}

function titleOf(wish: ExportWish | null): string {
  const count = wish?.count ?? null;
  if (count === null) return t('Save the list as a file');
  return wish?.isSelection
    ? t('Save the {{count}} chosen contacts as a file', { count })
    : t('Save {{count}} contacts as a file', { count });
}

function ExportForm({ wish, onClose }: { wish: ExportWish; onClose: () => void }) {
  const announce = useAnnounce();
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [include, setInclude] = useState<ExportParts>({ contacts: true, interactions: false, transcripts: false });
  const [object, setObject] = useState<SalesforceObject>('Lead');
  const [bom, setBom] = useState(true);
  const done = useCallback(
    (contacts: number) => {
      announce(t('The file with {{count}} contacts is saved', { count: contacts }));
      onClose();
    },
    [announce, onClose],
  );
  const { share, error, save, cancel } = useExport(done);
  const busy = share !== null;
  const none = format !== 'vcard' && !include.contacts && !include.interactions && !include.transcripts;
  const toggle = (part: keyof ExportParts, label: string, note?: string) => (
    <Toggle
      label={label}
      note={note}
      checked={include[part]}
      disabled={busy}
      onChange={(checked) => setInclude({ ...include, [part]: checked })}
    />
  );
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && !none) void save({ who: wish.who, format, include, object, bom });
      }}
    >
      <div className="grid gap-1.5">
        <Segmented label={t('Format')} value={format} segments={formats()} onChoose={setFormat} />
        <p className="text-small text-ink-3">{formats().find(({ value }) => value === format)?.note}</p>
      </div>
      {format !== 'vcard' && (
        <fieldset className="grid gap-1.5">
          <legend className="mb-1.5 text-small text-ink-2">{t('What the file holds')}</legend>
          {toggle('contacts', t('Contacts'), t('with tags, groups, consent and attributes'))}
          {toggle('interactions', t('Interactions'), t('each message, note and task'))}
          {toggle('transcripts', t('Transcripts'), t('whole conversations as text'))}
        </fieldset>
      )}
      {format === 'salesforce' && (
        <SelectField
          label={t('Contacts become')}
          value={object}
          disabled={busy}
          onChange={(event) => setObject(event.target.value as SalesforceObject)}
        >
          <option value="Lead">{t('Leads')}</option>
          <option value="Contact">{t('Contacts')}</option>
        </SelectField>
      )}
      {format === 'csv' && (
        <Toggle
          label={t('Mark the text as UTF-8, as Excel wants it')}
          checked={bom}
          disabled={busy}
          onChange={setBom}
        />
      )}
      {none && <p className="text-small text-ink-3">{t('Choose at least one thing that the file holds.')}</p>}
      {error && <FieldError message={saidInWords(error.message)} />}
      {busy && (
        <div
          className="prog"
          role="progressbar"
          aria-label={t('How much of the file is made')}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(share * 100)}
        >
          <i style={{ width: `${share * 100}%` }} />
        </div>
      )}
      <div className="flex justify-end gap-2">
        <Button look="ghost" onClick={busy ? cancel : onClose}>
          {t('Cancel')}
        </Button>
        <Button type="submit" look="primary" icon={Download} disabled={busy || none}>
          {busy ? t('Saving, {{share}}', { share: formatPercent(share) }) : t('Save the file')}
        </Button>
      </div>
    </form>
  );
}

type ToggleProps = {
  label: string;
  note?: ReactNode;
  checked: boolean;
  disabled: boolean;
  onChange: (checked: boolean) => void;
};

function Toggle({ label, note, checked, disabled, onChange }: ToggleProps) {
  return (
    <label className="flex items-baseline gap-2">
      <input
        type="checkbox"
        className="check self-center"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{label}</span>
      {note && <span className="text-small text-ink-3">{note}</span>}
    </label>
  );
}
