import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { ResultOf } from '../../../../../shared/bridge/bridge-contract.ts';
import {
  beginSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
} from '../../../../../shared/people/security-operations.ts';
import type { OutputOf } from '../../../../../shared/protocol/operation.ts';
import { formatFull } from '../../../lib/format/format-time.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useOperation } from '../../../lib/operations/use-operation.ts';
import { useOfflineReason } from '../../../lib/operations/use-reasons.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { ReasonButton } from '../../../ui/controls/reason-button.tsx';
import { RecoveryCodes } from '../../../ui/controls/recovery-codes.tsx';
import { SettingRow } from '../setting-parts.tsx';
import { Read } from '../setting-read.tsx';
import { AskPassword } from './ask-password.tsx';
import { SecondFactorSetup } from './second-factor-setup.tsx';

type Step = 'begin' | 'remove' | 'renew' | null;
type Begun = OutputOf<typeof beginSecondFactor>;

/** Off: set it up. On: since when, how many recovery codes are left, new ones, off again. */
export function SecondFactor() {
  const read = useQuery('secondFactor.get', {});
  return <Read of={read}>{(factor) => <Factor factor={factor} />}</Read>;
}

function Factor({ factor }: { factor: ResultOf<'secondFactor.get'> }) {
  const run = useOperation();
  const offline = useOfflineReason();
  const [step, setStep] = useState<Step>(null);
  const [begun, setBegun] = useState<Begun | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const since = factor?.enabledAt ?? null;
  const left = factor?.recoveryCodesLeft ?? 0;

  const withPassword = async (password: string) => {
    if (step === 'begin') {
      const reply = await run(beginSecondFactor, { password });
      if ('data' in reply) setBegun(reply.data);
      return reply;
    }
    if (step === 'remove') return run(removeSecondFactor, { password });
    const reply = await run(renewRecoveryCodes, { password });
    if ('data' in reply) setCodes(reply.data.recoveryCodes);
    return reply;
  };
  return (
    <div className="set-card">
      {since === null ? (
        <SettingRow
          title={t('Off')}
          acts={
            <ReasonButton reason={offline} icon={ShieldCheck} onClick={() => setStep('begin')}>
              {t('Set up')}
            </ReasonButton>
          }
        >
          {t('With an app that shows a new code every 30 seconds, a stolen password alone opens nothing.')}
        </SettingRow>
      ) : (
        <>
          <SettingRow
            title={
              <span className="inline-flex items-center gap-1.5">
                <ShieldCheck size={16} className="text-success-text" aria-hidden="true" />
                {t('On')}
              </span>
            }
            acts={
              <ReasonButton reason={offline} look="ghost" onClick={() => setStep('remove')}>
                {t('Turn off')}
              </ReasonButton>
            }
          >
            {t('Since {{when}}.', { when: formatFull(since) })}
          </SettingRow>
          <SettingRow
            title={t('Recovery codes')}
            acts={
              <ReasonButton reason={offline} onClick={() => setStep('renew')}>
                {t('Make new codes')}
              </ReasonButton>
            }
          >
            {left > 3
              ? t('{{count}} of 10 are left. Each is good for one sign-in.', { count: left })
              : t('Only {{count}} of 10 are left. Make new ones before you need them.', { count: left })}
          </SettingRow>
        </>
      )}
      <AskPassword
        title={stepTitle(step)}
        open={step !== null}
        danger={step === 'remove'}
        onOpenChange={(open) => !open && setStep(null)}
        onPassword={withPassword}
      />
      {begun && (
        <SecondFactorSetup
          begun={begun}
          onClose={() => setBegun(null)}
          onCodes={(made) => {
            setBegun(null);
            setCodes(made);
          }}
        />
      )}
      {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />}
    </div>
  );
}

const stepTitle = (step: Step): string =>
  step === 'remove'
    ? t('Turn the second factor off')
    : step === 'renew'
      ? t('Make new recovery codes')
      : t('Set up a second factor');
