import type { LucideIcon } from 'lucide-react';
import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import type { Shortcut } from '../lib/actions/shortcut.ts';
import { Keys } from './keys.tsx';

export function Menu({
  trigger,
  children,
  align = 'start',
  ...shown
}: {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'end';
  /** Where a key opens it too. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}) {
  return (
    <DropdownMenu.Root {...shown}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align={align} sideOffset={4} collisionPadding={8}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

type MenuItemProps = {
  label: string;
  onSelect: () => void;
  icon?: LucideIcon;
  shortcut?: Shortcut | undefined;
  danger?: boolean;
};

export function MenuItem({ label, onSelect, icon: Icon, shortcut, danger = false }: MenuItemProps) {
  return (
    <DropdownMenu.Item className="menu-item" data-danger={danger || undefined} onSelect={onSelect}>
      {Icon && <Icon size={16} aria-hidden="true" />}
      {label}
      {shortcut && (
        <span className="push">
          <Keys shortcut={shortcut} />
        </span>
      )}
    </DropdownMenu.Item>
  );
}

export const MenuRule = () => <DropdownMenu.Separator className="menu-rule" />;

type MenuChoiceProps<Value extends string> = {
  label: string;
  value: Value;
  choices: readonly { value: Value; label: string; mark?: ReactNode }[];
  onChoose: (value: Value) => void;
};

/** One of several, with a tick at the chosen one. */
export function MenuChoice<Value extends string>({ label, value, choices, onChoose }: MenuChoiceProps<Value>) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={(next) => onChoose(next as Value)} aria-label={label}>
      <DropdownMenu.Label className="menu-label">{label}</DropdownMenu.Label>
      {choices.map((choice) => (
        <DropdownMenu.RadioItem key={choice.value} value={choice.value} className="menu-item">
          {choice.mark}
          {choice.label}
          <DropdownMenu.ItemIndicator className="push">
            <Check size={14} aria-hidden="true" />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
