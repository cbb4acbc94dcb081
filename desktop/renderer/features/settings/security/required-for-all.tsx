import { useState } from 'react';
import type { WorkspaceItem } from '../../../../../shared/workspace/workspace-item.ts';
import { requireSecondFactor } from '../../../../../shared/people/security-operations.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useRunOperation } from '../../../lib/operations/use-operation.ts';
import { useReason } from '../../../lib/operations/use-reasons.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { Confirm } from '../../../ui/confirm.tsx';
import { Switch } from '../../../ui/controls/switch.tsx';
import { Read } from '../setting-read.tsx';

/** Whether everybody in the workspace needs a second factor. Turning it on says first whom it stops. */
export function RequiredForAll() {
  const workspace = useQuery('workspace.get', {});
  const members = useQuery('members.list', {});
  return (
    <Read of={workspace} rows={1}>
      {(tenant) => (
        <Read of={members} rows={1}>
          {(all) => <Demand required={tenant?.secondFactorRequired === true} members={all} />}
        </Read>
      )}
    </Read>
  );
}

type DemandProps = { required: boolean; members: readonly WorkspaceItem<'member'>[] };

function Demand({ required, members }: DemandProps) {
  const run = useRunOperation();
  const reason = useReason('ADMIN', 'server');
  const { data: factor } = useQuery('secondFactor.get', {});
  const [asking, setAsking] = useState(false);
  const count = members.filter((member) => member.active && !member.secondFactor).length;
  const ownFirst = !required && !factor?.enabledAt ? t('Set up a second factor of your own first, above.') : null;
  const hint = reason ?? ownFirst ?? t('Who has none sets one up at their next sign-in, and does nothing else before.');
  return (
    <div className="set-card">
      <Switch
        label={t('Everybody needs a second factor')}
        checked={required}
        disabled={reason !== null || ownFirst !== null}
        hint={hint}
        onChange={(on) => (on ? setAsking(true) : void run(requireSecondFactor, { required: false }))}
      />
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('Ask everybody for a second factor?')}
        description={t(
          '{{count}} members have none. They are asked to sign in again at once and set one up. What they have not sent yet is kept, and their scripts stop until then.',
          { count },
        )}
        confirmLabel={t('Ask everybody')}
        onConfirm={() => void run(requireSecondFactor, { required: true })}
      />
    </div>
  );
}
