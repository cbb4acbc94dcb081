import { ExternalLink } from 'lucide-react';
import type { UpdateState } from '../../../../shared/bridge/host-contract.ts';
import { PROTOCOL_VERSION } from '../../../../shared/protocol/protocol-version.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { formatFull } from '../../lib/format/format-time.ts';
import { useHost } from '../../lib/host.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { showError } from '../../ui/toaster.tsx';
import { SettingPage, SettingPart, SettingRow } from './setting-parts.tsx';

/** What runs here, whether it is the newest, and what it is made of. */
export function AboutSection() {
  const host = useHost();
  const { data: connection } = useQuery('connection.get', {});
  const { data: update } = useQuery('update.state', {});
  const bridge = useBridge();
  if (!host) return null;
  const act = async (method: 'update.check' | 'update.install') => {
    const reply = await bridge.call(method, {});
    if ('error' in reply) showError(reply.error);
  };
  const ready = update?.status === 'ready';
  return (
    <SettingPage title={t('About')}>
      <SettingPart title={t('Version')}>
        <div className="set-card">
          <SettingRow title={t('Switchboard {{version}}', { version: host.appVersion })}>
            {[
              host.kind === 'electron' ? t('the installed app') : t('in a browser'),
              t('protocol {{number}}', { number: PROTOCOL_VERSION }),
              connection?.serverUrl,
            ]
              .filter(Boolean)
              .join(' · ')}
          </SettingRow>
        </div>
      </SettingPart>
      <SettingPart title={t('Updates')}>
        <div className="set-card">
          <SettingRow
            title={update ? updateWords(update) : t('Not asked yet')}
            acts={
              host.can.update && (
                <Button
                  look={ready ? 'primary' : 'default'}
                  disabled={update?.status === 'checking' || update?.status === 'downloading'}
                  onClick={() => void act(ready ? 'update.install' : 'update.check')}
                >
                  {ready ? t('Restart to update') : t('Look for updates')}
                </Button>
              )
            }
          >
            {host.can.update
              ? t('Updates load by themselves. They are put in when you restart, never in the middle of a call.')
              : t('Whoever runs the server updates what opens in a browser.')}
          </SettingRow>
        </div>
      </SettingPart>
      <SettingPart title={t('Licences')}>
        <Licences />
      </SettingPart>
    </SettingPage>
  );
}

function updateWords(update: UpdateState): string {
  switch (update.status) {
    case 'idle':
      return t('Not asked yet');
    case 'checking':
      return t('Looking for updates…');
    case 'current':
      return t('This is the newest version, as of {{when}}.', { when: formatFull(update.checkedAt) });
    case 'downloading':
      return t('Version {{version}} is loading, {{percent}} %', {
        version: update.version,
        percent: Math.round(update.percent),
      });
    case 'ready':
      return t('Version {{version}} is ready.', { version: update.version });
    case 'held':
      return t('Version {{version}} waits: {{because}}', {
        version: update.version,
        because: saidInWords(update.because),
      });
    case 'failed':
      return saidInWords(update.message);
    case 'returned':
      return t('Version {{broken}} ended right after its start again and again, so {{working}} was put back.', {
        broken: update.from,
        working: update.to,
      });
  }
}

const MADE_OF = [
  ['Electron', 'MIT', 'https://www.electronjs.org'],
  ['React', 'MIT', 'https://react.dev'],
  ['TanStack Query, Router, Virtual', 'MIT', 'https://tanstack.com'],
  ['Radix UI, cmdk, Sonner', 'MIT', 'https://www.radix-ui.com'],
  ['Tailwind CSS', 'MIT', 'https://tailwindcss.com'],
  ['Lucide', 'ISC', 'https://lucide.dev'],
  ['SQLite, SQLite3 Multiple Ciphers', 'Public domain, MIT', 'https://sqlite.org'],
  ['Electric', 'Apache-2.0', 'https://electric-sql.com'],
  ['i18next', 'MIT', 'https://www.i18next.com'],
  ['libphonenumber-js', 'MIT', 'https://gitlab.com/catamphetamine/libphonenumber-js'],
  ['marked', 'MIT', 'https://marked.js.org'],
  ['uqr', 'MIT', 'https://github.com/unjs/uqr'],
  ['zod', 'MIT', 'https://zod.dev'],
  ['Inter, Instrument Sans', 'OFL-1.1', 'https://rsms.me/inter'],
] as const;

function Licences() {
  const bridge = useBridge();
  const open = async (url: string) => {
    const reply = await bridge.call('host.openLink', { url });
    if ('error' in reply) showError(reply.error);
  };
  return (
    <div className="set-card overflow-x-auto">
      <table className="facts">
        <thead>
          <tr>
            <th scope="col">{t('Made with')}</th>
            <th scope="col">{t('Licence')}</th>
          </tr>
        </thead>
        <tbody>
          {MADE_OF.map(([name, licence, url]) => (
            <tr key={name}>
              <td>
                <button type="button" className="link inline-flex items-center gap-1.5" onClick={() => void open(url)}>
                  {name}
                  <ExternalLink size={12} aria-hidden="true" />
                </button>
              </td>
              <td>{licence}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
