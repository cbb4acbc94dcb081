import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import type { ArgsOf } from '../../../../shared/bridge/bridge-contract.ts';
import type { ImportDraft } from '../../../../shared/imports/import-draft.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { bridgeQuery, useQuery } from '../../lib/use-query.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { showError } from '../../ui/toaster.tsx';
import { ColumnMapping } from './column-mapping.tsx';
import { DraftCheck } from './draft-check.tsx';
import { t } from '../../lib/i18n/t.ts';
import { DraftOptions } from './draft-options.tsx';

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
  const { id, check } = draft;

  const change = async (what: Omit<ArgsOf<'imports.change'>, 'id'>) => {
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
          <Button size="sm" look="primary" disabled={busy || check.valid === 0} onClick={() => void commit()}>
            {t('Import {{count}} contacts', { count: check.valid })}
          </Button>
        </div>
      </header>
      <div className="pane flex-1">
        <div className="page-column grid !max-w-[1040px] gap-6">
          <DraftCheck draft={draft} />
          <DraftOptions draft={draft} onChange={(what) => void change(what)} />
          <ColumnMapping columns={draft.columns} onChange={(targets) => void change({ targets })} />
        </div>
      </div>
    </>
  );
}
