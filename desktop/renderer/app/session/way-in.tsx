import { useState } from 'react';
import type { SessionState } from '../../../../shared/bridge/bridge-contract.ts';
import { accountLabel, useAccounts } from '../../features/accounts/use-accounts.ts';
import type { AuthIntent } from '../../features/auth/auth-intent.ts';
import { SignInPage } from '../../features/auth/sign-in-page.tsx';
import { ConnectionPage } from '../../features/connection/connection-page.tsx';
import { t } from '../../lib/i18n/t.ts';
import { useQuery } from '../../lib/use-query.ts';

type SignedOut = Extract<SessionState, { status: 'signed-out' }>;

/** The way in, with the ways out of it: whoever stands at the wrong server or in the wrong account is not stuck there. */
export function WayIn({ session, intent }: { session: SignedOut; intent: AuthIntent | null }) {
  const [elsewhere, setElsewhere] = useState(false);
  const { data: connection } = useQuery('connection.get', {});
  if (elsewhere)
    return (
      <ConnectionPage
        address={connection?.serverUrl ?? ''}
        onChosen={() => setElsewhere(false)}
        onCancel={() => setElsewhere(false)}
      />
    );
  return (
    <SignInPage key={JSON.stringify(intent)} {...session} intent={intent}>
      <WaysOut hasWork={session.left.length > 0} onElsewhere={() => setElsewhere(true)} />
    </SignInPage>
  );
}

/** What was not sent belongs to the server it came from, so with such work another server is another account. */
function WaysOut({ hasWork, onElsewhere }: { hasWork: boolean; onElsewhere: () => void }) {
  const { data: connection } = useQuery('connection.get', {});
  const { accounts, switchTo, add } = useAccounts();
  const others = accounts.filter(({ current, name }) => !current && name !== null);
  const host = connection?.serverUrl && URL.canParse(connection.serverUrl) ? new URL(connection.serverUrl).host : null;
  return (
    <div className="mt-6 grid justify-items-start gap-1 border-t border-line-hairline pt-3 text-small text-ink-3">
      {host && (
        <p>
          {t('Server: {{host}}', { host })}{' '}
          {!connection?.fixed && (
            <button type="button" className="link" onClick={() => (hasWork ? void add() : onElsewhere())}>
              {t('Use another server')}
            </button>
          )}
        </p>
      )}
      {others.map((account) => (
        <button key={account.id} type="button" className="link" onClick={() => void switchTo(account.id)}>
          {t('Back to {{account}}', { account: accountLabel(account) })}
        </button>
      ))}
    </div>
  );
}
