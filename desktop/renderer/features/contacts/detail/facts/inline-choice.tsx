import type { ReactNode } from 'react';
import { t } from '../../../../lib/i18n/t.ts';
import { useMay } from '../../../../lib/use-identity.ts';
import { Menu, MenuChoice } from '../../../../ui/menu.tsx';
import { useMenuKey, type MenuKey } from '../use-menu-key.ts';

const NONE = 'none';

type InlineChoiceProps = {
  label: string;
  value: string | null;
  choices: readonly { value: string; label: string; mark?: ReactNode }[];
  /** As it is read; the label of the choice when absent. */
  shown?: ReactNode;
  pending?: boolean;
  /** What having none is called; without it one of the choices has to be. */
  none?: string;
  /** Opens it too. */
  menuKey?: MenuKey;
  onChoose: (value: string | null) => void;
};

/** A value that is one of a few, chosen where it stands. */
export function InlineChoice({
  label,
  value,
  choices,
  shown,
  pending = false,
  none,
  menuKey,
  onChoose,
}: InlineChoiceProps) {
  const mayEdit = useMay('AGENT');
  const shownBy = useMenuKey(menuKey);
  const chosen = choices.find((choice) => choice.value === value);
  const text = chosen?.label ?? (value === null ? (none ?? t('Choose')) : t('deleted', { context: 'a thing' }));
  return (
    <Menu
      {...shownBy}
      trigger={
        <button
          type="button"
          className="inline-value"
          data-menu=""
          disabled={!mayEdit}
          aria-label={t('{{label}}: {{value}}', { label, value: text })}
        >
          {shown ?? (
            <>
              {chosen?.mark}
              <span className={`trunc ${pending ? 'edited' : ''} ${chosen ? '' : 'inline-empty'}`}>{text}</span>
            </>
          )}
        </button>
      }
    >
      <MenuChoice
        label={label}
        value={value ?? NONE}
        choices={[...(none === undefined ? [] : [{ value: NONE, label: none }]), ...choices]}
        onChoose={(next) => onChoose(next === NONE ? null : next)}
      />
    </Menu>
  );
}

type InlineTruthProps = Pick<InlineChoiceProps, 'label' | 'pending'> & {
  value: boolean | null;
  onChoose: (value: boolean | null) => void;
};

/** Yes, no, or not known. */
export const InlineTruth = ({ value, onChoose, ...rest }: InlineTruthProps) => (
  <InlineChoice
    {...rest}
    value={value === null ? null : String(value)}
    none={t('Not known')}
    choices={[
      { value: 'true', label: t('yes') },
      { value: 'false', label: t('no') },
    ]}
    onChoose={(chosen) => onChoose(chosen === null ? null : chosen === 'true')}
  />
);
