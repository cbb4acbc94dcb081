import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { useShownShortcut } from '../lib/actions/actions.tsx';
import { ariaShortcut, type Shortcut } from '../lib/actions/shortcut.ts';
import { Keys } from './keys.tsx';
import { Tip } from './tip.tsx';

type ButtonProps = ComponentProps<'button'> & {
  look?: 'default' | 'primary' | 'ghost' | 'danger';
  size?: 'sm' | 'md' | 'lg';
  icon?: LucideIcon;
  shortcut?: Shortcut | undefined;
};

export function Button({
  look = 'default',
  size = 'md',
  icon: Icon,
  shortcut,
  className = '',
  children,
  ...rest
}: ButtonProps) {
  const shown = useShownShortcut(shortcut);
  return (
    <button
      type="button"
      className={`btn ${look === 'default' ? '' : look} ${size} ${className}`}
      aria-keyshortcuts={shown && ariaShortcut(shown)}
      {...rest}
    >
      {Icon && <Icon size={size === 'sm' ? 14 : 16} aria-hidden="true" />}
      {children}
      {shortcut && <Keys shortcut={shortcut} />}
    </button>
  );
}

type IconButtonProps = ComponentProps<'button'> & {
  icon: LucideIcon;
  label: string;
  shortcut?: Shortcut | undefined;
  size?: 'sm' | 'md';
};

/** A button that is only a picture: its word is the tooltip and the accessible name. */
export function IconButton({ icon: Icon, label, shortcut, size = 'md', className = '', ...rest }: IconButtonProps) {
  const shown = useShownShortcut(shortcut);
  return (
    <Tip label={label} shortcut={shortcut}>
      <button
        type="button"
        className={`btn ghost sq ${size} ${className}`}
        aria-label={label}
        aria-keyshortcuts={shown && ariaShortcut(shown)}
        {...rest}
      >
        <Icon size={size === 'sm' ? 14 : 16} aria-hidden="true" />
      </button>
    </Tip>
  );
}
