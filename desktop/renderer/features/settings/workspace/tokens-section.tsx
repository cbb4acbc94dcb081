import { BookOpen, KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import type { ResultOf } from '../../../../../shared/bridge/bridge-contract.ts';
import { revokeToken } from '../../../../../shared/people/token-operations.ts';
import { useBridge } from '../../../lib/bridge-context.tsx';
import { formatAgo, formatFull, formatPassed } from '../../../lib/format/format-time.ts';
import { formatSeries } from '../../../lib/format/format-list.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useMay } from '../../../lib/use-identity.ts';
import { useNow } from '../../../lib/use-now.ts';
import { useRunOperation } from '../../../lib/operations/use-operation.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { useOfflineReason } from '../../../lib/operations/use-reasons.ts';
import { Button } from '../../../ui/button.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { ReasonButton } from '../../../ui/controls/reason-button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { showError } from '../../../ui/toaster.tsx';
import { LineNote, SettingPage, SettingPart } from '../setting-parts.tsx';
import { Read } from '../setting-read.tsx';
import { scopeWord } from './scope-words.ts';
import { NewToken } from './new-token.tsx';

type Token = ResultOf<'tokens.list'>[number];

/** Keys for scripts and other systems: what each may do, when it was last used, and how to take it back. */
export function TokensSection() {
  const admin = useMay('ADMIN');
  const [whose, setWhose] = useState<'own' | 'all'>('own');
  const read = useQuery('tokens.list', { whose });
  const { data: connection } = useQuery('connection.get', {});
  const offline = useOfflineReason();
  const bridge = useBridge();
  const now = useNow();
  const [making, setMaking] = useState(false);
  const open = async (url: string) => {
    const reply = await bridge.call('host.openLink', { url });
    if ('error' in reply) showError(reply.error);
  };
  const docs = connection?.serverUrl ? new URL('/api/docs', connection.serverUrl).href : null;
  return (
    <SettingPage
      title={t('Access tokens')}
      lead={t('For a script or another system that reads or changes data over the interface of the server.')}
    >
      <LineNote />
      <SettingPart
        title={read.data ? t('{{count}} tokens', { count: read.data.length }) : t('Tokens')}
        aside={
          <>
            {admin && (
              <Segmented
                label={t('Whose tokens')}
                value={whose}
                onChoose={setWhose}
                segments={[
                  { value: 'own', label: t('Yours') },
                  { value: 'all', label: t('Everybody’s') },
                ]}
              />
            )}
            {docs && (
              <Button size="sm" look="ghost" icon={BookOpen} onClick={() => void open(docs)}>
                {t('How to use one')}
              </Button>
            )}
            <ReasonButton reason={offline} size="sm" look="primary" icon={Plus} onClick={() => setMaking(true)}>
              {t('New token')}
            </ReasonButton>
          </>
        }
      >
        <Read of={read}>
          {(tokens) =>
            tokens.length === 0 ? (
              <p className="text-small text-ink-3">{t('No token gives access. Make one when a script needs it.')}</p>
            ) : (
              <ul className="set-card set-list">
                {tokens.map((token) => (
                  <TokenRow key={token.id} token={token} now={now} />
                ))}
              </ul>
            )
          }
        </Read>
      </SettingPart>
      {making && <NewToken onClose={() => setMaking(false)} />}
    </SettingPage>
  );
}

function TokenRow({ token, now }: { token: Token; now: number }) {
  const run = useRunOperation();
  const [revoking, setRevoking] = useState(false);
  const expired = token.expiresAt < now;
  return (
    <li className="set-row">
      <KeyRound size={16} aria-hidden="true" className="text-ink-3" />
      <div className="what">
        <div className="med flex flex-wrap items-center gap-2">
          <span className="trunc">{token.name}</span>
          <code className="text-small text-ink-3">{token.hint}…</code>
          {token.kind === 'service' && <span className="badge">{t('of the workspace')}</span>}
          {token.outlives !== null && !expired && (
            <span className="badge" data-tone="warning">
              {token.outlives === 'left' ? t('its maker has left') : t('its maker is no administrator any more')}
            </span>
          )}
          {expired && (
            <span className="badge" data-tone="warning">
              {t('expired')}
            </span>
          )}
        </div>
        <p>{formatSeries(token.scopes.map(scopeWord))}</p>
        <p title={formatFull(token.expiresAt)}>
          {[
            token.userName,
            token.lastUsedAt === null
              ? t('never used')
              : t('used {{when}}', { when: formatPassed(token.lastUsedAt, now) }),
            !expired && t('until {{day}}', { day: dayOf(token.expiresAt) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <div className="acts">
        <Button size="sm" onClick={() => setRevoking(true)}>
          {t('Revoke')}
        </Button>
      </div>
      <Confirm
        open={revoking}
        onOpenChange={setRevoking}
        title={t('Revoke {{name}}?', { name: token.name })}
        description={t('Whatever uses it stops working at once. It cannot be given back; you would make a new one.')}
        confirmLabel={t('Revoke')}
        onConfirm={() => void run(revokeToken, { id: token.id })}
      />
    </li>
  );
}

const dayOf = (at: number): string => formatAgo(at, at + 400 * 86_400_000);
