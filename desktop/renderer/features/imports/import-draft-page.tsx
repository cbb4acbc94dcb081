import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useState } from 'react';
import type { ImportDraft } from '../../../../shared/imports/import-draft.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { bridgeQuery, useQuery } from '../../lib/use-query.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { showError } from '../../ui/toaster.tsx';
import { ColumnMapping } from './column-mapping.tsx';
import { DraftCheck } from './draft-check.tsx';
import { t } from '../../lib/i18n/t.ts';
import { useActions } from '../../lib/actions/actions.tsx';
import { DraftOptions, type DraftChange } from './draft-options.tsx';
import { ImportSteps, type ImportStep } from './import-steps.tsx';
import { hasOpenStatuses, StatusChoices } from './status-choices.tsx';

/** A file before it is imported: what was recognised, where each column goes, what is wrong with which row. */
export function ImportDraftPage({ id }: { id: string }) {
  const { data: draft, isPending } = useQuery('imports.draft', { id });
  if (isPending) return null;
  if (!draft) {
    return (
      <EmptyState
        title={t('This file is not being prepared any more')}
        actions={
          <Link className="btn" to="/imports">
            {t('See imports')}
          </Link>
        }
      >
        {t('It was imported or put away.')}
      </EmptyState>
    );
  }
  return <DraftForm draft={draft} />;
}

function DraftForm({ draft }: { draft: ImportDraft }) {
  const bridge = useBridge();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [step, setStep] = useState<ImportStep>(needsColumns(draft) ? 'columns' : 'check');
  const { id, check } = draft;

  const change = async (what: DraftChange) => {
    setBusy(true);
    const reply = await bridge.call('imports.change', { id, ...what });
    setBusy(false);
    if ('error' in reply) return showError(reply.error);
    client.setQueryData(bridgeQuery(bridge, 'imports.draft', { id }).queryKey, reply.data);
  };
  const commit = async () => {
    setBusy(true);
    const reply = await bridge.call('imports.commit', { id });
    setBusy(false);
    if ('error' in reply) return showError(reply.error);
    await navigate({ to: '/imports' });
  };
  const putAway = async () => {
    const reply = await bridge.call('imports.discard', { id });
    if ('error' in reply) return showError(reply.error);
    await navigate({ to: '/contacts' });
  };
  const mayCommit = !busy && check.valid > 0;
  const goOn = () => (step === 'columns' ? setStep('check') : mayCommit && void commit());
  useActions([
    {
      id: 'import.next',
      label: t('Next step of the import'),
      icon: ArrowRight,
      section: t('Import'),
      shortcuts: ['mod+enter'],
      run: goOn,
    },
    {
      id: 'import.back',
      label: t('Back to the columns'),
      icon: ArrowLeft,
      section: t('Import'),
      shortcuts: ['mod+backspace'],
      when: () => step === 'check',
      run: () => setStep('columns'),
    },
  ]);
  return (
    <>
      <header className="top">
        <IconButton
          icon={ArrowLeft}
          label={t('Back to contacts')}
          className="-ms-2"
          onClick={() => void navigate({ to: '/contacts' })}
        />
        <h1 className="trunc">{draft.fileName}</h1>
        <span className="wide text-small whitespace-nowrap text-ink-3">
          {draft.format} · {draft.encoding} · {t('{{count}} rows', { count: draft.rowCount })}
        </span>
        <div className="ms-auto flex gap-1.5">
          <Button size="sm" look="ghost" onClick={() => void putAway()}>
            {t('Put away')}
          </Button>
          {step === 'columns' ? (
            <Button size="sm" look="primary" shortcut="mod+enter" disabled={busy} onClick={goOn}>
              {t('Next: check')}
            </Button>
          ) : (
            <Button size="sm" look="primary" shortcut="mod+enter" disabled={!mayCommit} onClick={goOn}>
              {draft.kind === 'contacts'
                ? t('Import {{count}} contacts', { count: check.valid })
                : t('Import {{count}} numbers', { count: check.valid })}
            </Button>
          )}
        </div>
      </header>
      <div className="pane flex-1" aria-busy={busy}>
        <div className="page-column grid !max-w-[1040px] gap-6">
          <ImportSteps step={step} problems={check.invalid} onStep={setStep} />
          {step === 'columns' ? (
            <>
              <DraftOptions draft={draft} onChange={(what) => void change(what)} />
              {draft.kind === 'contacts' && (
                <StatusChoices draft={draft} onChange={(statuses) => void change({ statuses })} />
              )}
              <ColumnMapping columns={draft.columns} onChange={(targets) => void change({ targets })} />
            </>
          ) : (
            <DraftCheck draft={draft} />
          )}
        </div>
      </div>
    </>
  );
}

/** A file whose program is known, or that was chosen for before, is understood already unless it names statuses nobody has. */
const needsColumns = (draft: ImportDraft): boolean =>
  (draft.format === 'CSV' && !draft.remembered) || hasOpenStatuses(draft);
