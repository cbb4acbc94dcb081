import { Plus } from 'lucide-react';
import { useState } from 'react';
import { createAutomation } from '../../../../../../shared/statuses/automation-operations.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useRoleReason } from '../../../../lib/operations/use-reasons.ts';
import { useQuery } from '../../../../lib/use-query.ts';
import { ReasonButton } from '../../../../ui/controls/reason-button.tsx';
import { RoleNote, SettingPage, SettingPart } from '../../setting-parts.tsx';
import { Read } from '../../setting-read.tsx';
import { AutomationDialog } from './automation-dialog.tsx';
import { AutomationRow } from './automation-row.tsx';
import { FiringsDialog } from './firings-dialog.tsx';

/** What gives contacts another status by itself. */
export function AutomationsSection() {
  const read = useQuery('contacts.setup', {});
  const denied = useRoleReason(createAutomation.role);
  const [open, setOpen] = useState<'new' | 'firings' | null>(null);
  return (
    <SettingPage
      title={t('Automations')}
      lead={t(
        'Give contacts another status when time has passed or a status was given. They run on the server, with or without this computer.',
      )}
    >
      <RoleNote role={createAutomation.role} />
      <SettingPart
        title={t('Automations')}
        aside={
          <div className="flex gap-1.5">
            <ReasonButton reason={null} look="ghost" size="sm" onClick={() => setOpen('firings')}>
              {t('What they did')}
            </ReasonButton>
            <ReasonButton reason={denied} size="sm" icon={Plus} onClick={() => setOpen('new')}>
              {t('New automation')}
            </ReasonButton>
          </div>
        }
      >
        <Read of={read}>
          {({ automations }) =>
            automations.length === 0 ? (
              <p className="text-small text-ink-3">
                {t('None yet. One could be: when somebody has been New for 24 hours, give them Contacted.')}
              </p>
            ) : (
              <ul className="set-card set-list">
                {automations.map((automation) => (
                  <AutomationRow key={automation.id} automation={automation} denied={denied} />
                ))}
              </ul>
            )
          }
        </Read>
      </SettingPart>
      {open === 'new' && <AutomationDialog known={null} onClose={() => setOpen(null)} />}
      {open === 'firings' && <FiringsDialog automation={null} onClose={() => setOpen(null)} />}
    </SettingPage>
  );
}
