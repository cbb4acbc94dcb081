import { CircleDot, Gauge, SquareKanban, Tag, Tags, Trash2, UserPlus, Users, X, type LucideIcon } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { useActions } from '../../../../lib/actions/actions.tsx';
import { t } from '../../../../lib/i18n/t.ts';
import { useMay } from '../../../../lib/use-identity.ts';
import { Keys } from '../../../../ui/keys.tsx';
import {
  GroupChoice,
  OwnerChoice,
  ScoreChoice,
  StageChoice,
  StatusChoice,
  TagChoice,
  UntagChoice,
} from './bulk-choices.tsx';
import { DeleteMany } from './delete-many.tsx';
import { useBulkActs } from './use-bulk-acts.ts';
import type { Selection } from './use-selection.ts';

type BulkBarProps = { selection: Selection; total: number };

type Choice = 'tag' | 'untag' | 'assign' | 'stage' | 'status' | 'score' | 'group';

/** What can be done with everybody who is chosen. It lies over the foot of the list and moves no row. */
export function BulkBar({ selection, total }: BulkBarProps) {
  const mayEdit = useMay('AGENT');
  const mayDelete = useMay('MANAGER');
  const [open, setOpen] = useState<Choice | null>(null);
  const [deleting, setDeleting] = useState(false);
  const acts = useBulkActs(selection);
  const some = () => selection.count > 0 && !acts.busy;
  const key = (id: Choice, label: string, icon: LucideIcon, shortcut: string) => ({
    id: `bulk.${id}`,
    label,
    icon,
    section: t('Chosen contacts'),
    shortcuts: [shortcut],
    when: () => mayEdit && some(),
    run: () => setOpen(id),
  });
  useActions([
    key('tag', t('Tag everybody who is chosen'), Tag, 'l'),
    key('untag', t('Take tags off everybody who is chosen'), Tags, 'shift+l'),
    key('assign', t('Give everybody who is chosen an owner'), UserPlus, 'a'),
    key('stage', t('Move everybody who is chosen to a stage'), SquareKanban, 's'),
    key('status', t('Give everybody who is chosen a status'), CircleDot, 'shift+s'),
    key('score', t('Give everybody who is chosen a score'), Gauge, 'shift+v'),
    key('group', t('Add everybody who is chosen to a group'), Users, 'shift+u'),
    {
      id: 'bulk.delete',
      label: t('Delete everybody who is chosen'),
      icon: Trash2,
      section: t('Chosen contacts'),
      shortcuts: ['delete', 'backspace'],
      when: () => mayDelete && some(),
      run: () => setDeleting(true),
    },
  ]);
  if (selection.count === 0) return null;
  const button = (id: Choice, label: string, icon: LucideIcon, shortcut: string, content: ReactNode) => (
    <BulkChoice
      key={id}
      label={label}
      icon={icon}
      shortcut={shortcut}
      busy={acts.busy}
      open={open === id}
      onOpenChange={(next) => setOpen(next ? id : null)}
    >
      {content}
    </BulkChoice>
  );
  const close = () => setOpen(null);
  return (
    <div className="bulk" role="toolbar" aria-label={t('Chosen contacts')}>
      <span role="status" className="num whitespace-nowrap">
        {acts.busy
          ? t('Changing {{count}} contacts…', { count: selection.count })
          : t('{{count}} contacts selected', { count: selection.count })}
      </span>
      {!selection.isAll && selection.count < total && (
        <button type="button" className="link" onClick={selection.chooseAll}>
          {t('Select all {{count}}', { count: total })}
        </button>
      )}
      {mayEdit && (
        <>
          <span className="sep" />
          {button('tag', t('Tag'), Tag, 'l', <TagChoice onPick={(tag) => (close(), void acts.tag(tag))} />)}
          {button(
            'untag',
            t('Untag'),
            Tags,
            'shift+l',
            <UntagChoice selection={selection} onPick={(tag) => (close(), void acts.untag(tag))} />,
          )}
          {button(
            'assign',
            t('Assign'),
            UserPlus,
            'a',
            <OwnerChoice onPick={(id, name) => (close(), void acts.assign(id, name))} />,
          )}
          {button(
            'stage',
            t('Stage'),
            SquareKanban,
            's',
            <StageChoice onPick={(stage) => (close(), void acts.move(stage))} />,
          )}
          {button(
            'status',
            t('Status'),
            CircleDot,
            'shift+s',
            <StatusChoice onPick={(status, name) => (close(), void acts.setStatus(status, name))} />,
          )}
          {button(
            'score',
            t('Score'),
            Gauge,
            'shift+v',
            <ScoreChoice onPick={(score) => (close(), void acts.setScore(score))} />,
          )}
          {button(
            'group',
            t('Group'),
            Users,
            'shift+u',
            <GroupChoice onPick={(group) => (close(), void acts.addToGroup(group))} />,
          )}
        </>
      )}
      {mayDelete && (
        <button type="button" className="btn sm" disabled={acts.busy} onClick={() => setDeleting(true)}>
          <Trash2 size={14} aria-hidden="true" />
          {t('Delete')}
        </button>
      )}
      <span className="sep" />
      <button
        type="button"
        className="btn sq sm"
        aria-label={t('Clear selection')}
        title={t('Clear selection')}
        onClick={selection.clear}
      >
        <X size={14} aria-hidden="true" />
      </button>
      <DeleteMany
        open={deleting}
        count={selection.count}
        onClose={() => setDeleting(false)}
        onDelete={() => {
          setDeleting(false);
          void acts.delete();
        }}
      />
    </div>
  );
}

type BulkChoiceProps = {
  label: string;
  icon: LucideIcon;
  shortcut: string;
  busy: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
};

function BulkChoice({ label, icon: Icon, shortcut, busy, open, onOpenChange, children }: BulkChoiceProps) {
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Trigger className="btn sm" disabled={busy} aria-label={label} title={label}>
        <Icon size={14} aria-hidden="true" />
        <span className="bulk-word">{label}</span>
        <Keys shortcut={shortcut} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="menu w-64" side="top" sideOffset={8} collisionPadding={8} aria-label={label}>
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
