import { t } from '../../../../lib/i18n/t.ts';
import { Segmented } from '../../../../ui/segmented.tsx';
import type { Existing } from './automation-draft.ts';

type DueAlreadyProps = { value: Existing; onChange: (value: Existing) => void; children?: React.ReactNode };

/** Nobody is moved behind somebody's back: who begins an automation says what is to become of contacts that are due already. */
export const DueAlready = ({ value, onChange, children }: DueAlreadyProps) => (
  <div className="grid gap-1.5">
    <p className="med">{t('Contacts that have had their status for longer than that already')}</p>
    <Segmented<Existing>
      label={t('Contacts that are due already')}
      value={value}
      segments={[
        { value: 'from_now', label: t('Leave them alone') },
        { value: 'include', label: t('Move them at once') },
      ]}
      onChoose={onChange}
    />
    {children}
  </div>
);
