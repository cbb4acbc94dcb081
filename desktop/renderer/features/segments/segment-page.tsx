import { useNavigate } from '@tanstack/react-router';
import { ArrowLeft, List, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { newId } from '../../../../shared/kernel/ids.ts';
import { isSameValue } from '../../../../shared/kernel/same-value.ts';
import { EVERYBODY, segmentRule, type SegmentRule } from '../../../../shared/segments/segment.ts';
import { useActions } from '../../lib/actions/actions.tsx';
import { useOfferUndo } from '../../lib/actions/undo.tsx';
import { useBridge } from '../../lib/bridge-context.tsx';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { useOnce } from '../../lib/operations/use-once.ts';
import { RuleEditor } from '../../lib/rules/rule-editor.tsx';
import { withoutEmptyGroups } from '../../lib/rules/rule-group.ts';
import { useContactSetup } from '../../lib/rules/use-rule-names.ts';
import { useCommand, useRunCommand } from '../../lib/use-command.ts';
import { useMay } from '../../lib/use-identity.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { DiscardQuestion } from '../../ui/controls/writing-modal.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FieldError, TextField } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showError } from '../../ui/toaster.tsx';
import { MatchingNow } from './matching-now.tsx';

type Kind = 'dynamic' | 'static';
type Draft = { name: string; description: string; kind: Kind; rule: SegmentRule };

type SegmentPageProps = {
  /** Of a segment, or `new`. */
  id: string;
  /** What a new one begins with: the filters of the list. */
  startWith?: SegmentRule | null;
  onList: (rule: SegmentRule) => void;
};

/** Builds a segment. How many and who they are follows every change; nothing is saved before Save. */
export function SegmentPage({ id, startWith = null, onList }: SegmentPageProps) {
  const { segments } = useContactSetup();
  const { data, error, refetch } = useQuery('contacts.setup', {});
  const navigate = useNavigate();
  const known = segments.find((segment) => segment.id === id);
  if (error && !data)
    return (
      <EmptyState
        title={t('The segments could not be read')}
        actions={<Button onClick={() => void refetch()}>{t('Try again')}</Button>}
      >
        {saidInWords(error.message)}
      </EmptyState>
    );
  if (id !== 'new' && !known)
    return data === undefined ? (
      <Skeleton rows={6} />
    ) : (
      <EmptyState
        title={t('This segment is not there any more')}
        actions={<Button onClick={() => void navigate({ to: '/segments' })}>{t('All segments')}</Button>}
      >
        {t('Somebody deleted it. Its contacts are still there.')}
      </EmptyState>
    );
  const read = segmentRule.safeParse(known?.rule);
  if (known && !read.success)
    return (
      <EmptyState title={t('“{{name}}” was made by a later version', { name: known.name })}>
        {t('Update Switchboard to change it. It goes on meaning what it means.')}
      </EmptyState>
    );
  const draft: Draft = known
    ? { name: known.name, description: known.description ?? '', kind: known.kind, rule: read.data ?? EVERYBODY }
    : { name: '', description: '', kind: 'dynamic', rule: startWith ?? EVERYBODY };
  return <SegmentForm key={id} id={known?.id ?? null} saved={draft} known={known ?? null} onList={onList} />;
}

type Known = { createdById: string | null; createdAt: number };
type FormProps = { id: string | null; saved: Draft; known: Known | null; onList: (rule: SegmentRule) => void };

function SegmentForm({ id, saved, known, onList }: FormProps) {
  const navigate = useNavigate();
  const bridge = useBridge();
  const send = useCommand();
  const run = useRunCommand();
  const offerUndo = useOfferUndo();
  const mayEdit = useMay('AGENT');
  const mayDelete = useMay('MANAGER');
  const { busy, once } = useOnce();
  const [draft, setDraft] = useState(saved);
  const [problem, setProblem] = useState<string | null>(null);
  const rule = withoutEmptyGroups(draft.rule);
  const isChanged = id === null || !isSameValue(draft, saved);
  const [leaving, setLeaving] = useState(false);
  const [begun] = useState(saved);
  // A new one that nobody wrote anything into is no loss.
  const isUnsaved = mayEdit && (id === null ? !isSameValue(draft, begun) : isChanged);
  const leave = () => void navigate({ to: '/segments' });
  const back = () => (isUnsaved ? setLeaving(true) : leave());
  const save = async () => {
    if (!draft.name.trim()) return setProblem(t('Name the segment'));
    const fields = { name: draft.name.trim(), description: draft.description.trim() || null, kind: draft.kind, rule };
    const made = id ?? newId();
    const reply = await send(
      known && id
        ? {
            name: 'segments.update',
            input: { id, ...fields, createdById: known.createdById, createdAt: known.createdAt },
          }
        : { name: 'segments.create', input: { id: made, ...fields } },
    );
    if ('error' in reply) return setProblem(saidInWords(reply.error.message));
    setProblem(null);
    setDraft({ ...fields, description: fields.description ?? '' });
    return void navigate({ to: '/segments/$id', params: { id: made }, replace: true });
  };
  const remove = async () => {
    const done = id && (await run({ name: 'segments.delete', input: { id } }));
    if (!done) return;
    leave();
    // Taken back, not made again: a fixed one would get whoever meets its conditions by now.
    offerUndo({
      label: t('Deleted the segment {{name}}', { name: saved.name }),
      undo: () =>
        void bridge.call('outbox.takeBack', { writeId: done.writeId }).then((reply) => {
          if ('error' in reply) showError(reply.error);
        }),
    });
  };
  useActions([
    {
      id: 'segment.back',
      label: t('All segments'),
      icon: ArrowLeft,
      section: t('Segments'),
      shortcuts: ['escape'],
      run: back,
    },
  ]);
  return (
    <>
      <header className="top">
        <IconButton icon={ArrowLeft} label={t('All segments')} shortcut="escape" onClick={back} />
        <h1 className="trunc">{draft.name || t('New segment')}</h1>
        <div className="ms-auto flex items-center gap-1.5">
          <Button
            size="sm"
            icon={List}
            onClick={() => onList(id && draft.kind === 'static' ? { field: 'segment', op: 'in', id } : rule)}
          >
            {t('As a list')}
          </Button>
          {id && mayDelete && <IconButton icon={Trash2} label={t('Delete')} onClick={() => void remove()} />}
          {mayEdit && (
            <Button look="primary" size="sm" disabled={!isChanged || busy} onClick={() => void once(save)}>
              {t('Save')}
            </Button>
          )}
        </div>
      </header>
      <div className="segment-page">
        <div className="grid content-start gap-4">
          <div className="grid gap-3">
            <TextField
              label={t('Name')}
              value={draft.name}
              maxLength={100}
              autoFocus={id === null}
              readOnly={!mayEdit}
              onChange={(event) => setDraft({ ...draft, name: event.target.value })}
            />
            <TextField
              label={t('What for')}
              value={draft.description}
              maxLength={500}
              readOnly={!mayEdit}
              onChange={(event) => setDraft({ ...draft, description: event.target.value })}
            />
            <div>
              <Segmented<Kind>
                label={t('Who is in it')}
                value={draft.kind}
                segments={[
                  { value: 'dynamic', label: t('Whoever meets the conditions') },
                  { value: 'static', label: t('Whoever meets them now, fixed') },
                ]}
                onChoose={(kind) => mayEdit && setDraft({ ...draft, kind })}
              />
            </div>
          </div>
          <RuleEditor rule={draft.rule} onChange={(changed) => mayEdit && setDraft({ ...draft, rule: changed })} />
          {problem && <FieldError message={problem} />}
        </div>
        <MatchingNow rule={rule} />
      </div>
      <DiscardQuestion open={leaving} onOpenChange={setLeaving} onDiscard={leave} />
    </>
  );
}
