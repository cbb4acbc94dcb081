import { useNavigate } from '@tanstack/react-router';
import { FileUp, Trash2 } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { addDoNotCall, listDoNotCall, removeDoNotCall } from '../../../../../shared/contacts/do-not-call-operations.ts';
import type { OutputOf } from '../../../../../shared/protocol/operation.ts';
import { formatMoment } from '../../../lib/format/format-time.ts';
import { formatPhone } from '../../../lib/format/format-phone.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useOnlineQuery } from '../../../lib/operations/use-online-query.ts';
import { useOperation, useRunOperation } from '../../../lib/operations/use-operation.ts';
import { useOfflineReason, useRoleReason } from '../../../lib/operations/use-reasons.ts';
import { useCountry } from '../../../lib/use-identity.ts';
import { useNow } from '../../../lib/use-now.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { TextField } from '../../../ui/field.tsx';
import { LineNote, RoleNote, SettingPage, SettingPart } from '../setting-parts.tsx';
import { Read } from '../setting-read.tsx';
import { NameForm } from './name-form.tsx';

const PAGE = 50;
type Listed = OutputOf<typeof listDoNotCall>['data'][number];

/** Numbers nobody is to call. The list is the server's: a computer keeps only what it says of contacts. */
export function DoNotCallSection() {
  const navigate = useNavigate();
  const send = useOperation();
  const offline = useOfflineReason();
  const denied = useRoleReason(addDoNotCall.role) ?? offline;
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(1);
  const wanted = useDeferredValue(search.trim());
  const asked = { page, limit: PAGE, ...(wanted ? { search: wanted } : {}) };
  const read = useOnlineQuery(listDoNotCall, asked, offline === null);
  const add = async (phone: string) => {
    const reply = await send(addDoNotCall, { phone });
    if ('data' in reply) await read.refetch();
    return reply;
  };
  return (
    <SettingPage
      title={t('Do not call')}
      lead={t('Whoever has one of these numbers is not called, now or when they come later. Texts are not held back.')}
    >
      <RoleNote role={addDoNotCall.role} />
      <LineNote />
      <SettingPart title={t('Another number')}>
        <NameForm
          label={t('Phone number, in any spelling')}
          action={t('Put it on the list')}
          denied={denied}
          maxLength={40}
          submit={add}
        />
      </SettingPart>
      <SettingPart
        title={t('Numbers')}
        aside={
          <Button size="sm" icon={FileUp} onClick={() => void navigate({ to: '/imports' })}>
            {t('Import a list')}
          </Button>
        }
      >
        <TextField
          label={t('Find a number')}
          value={search}
          inputMode="tel"
          onChange={(event) => {
            setSearch(event.target.value);
            setPage(1);
          }}
        />
        {offline === null && (
          <Read of={read}>
            {({ data, total }) => (
              <>
                <p className="num text-small text-ink-3" role="status">
                  {t('{{count}} numbers', { count: total })}
                </p>
                {data.length > 0 && (
                  <ul className="set-card set-list">
                    {data.map((listed) => (
                      <NumberRow key={listed.phone} listed={listed} onGone={() => void read.refetch()} />
                    ))}
                  </ul>
                )}
                <Pages page={page} total={total} onPage={setPage} />
              </>
            )}
          </Read>
        )}
      </SettingPart>
    </SettingPage>
  );
}

function NumberRow({ listed: { phone, addedAt, contacts }, onGone }: { listed: Listed; onGone: () => void }) {
  const run = useRunOperation();
  const now = useNow();
  const country = useCountry();
  const mayNot = useRoleReason(removeDoNotCall.role);
  const [removing, setRemoving] = useState(false);
  const number = formatPhone(phone, country);
  return (
    <li className="set-row">
      <div className="what">
        <div className="med num">{number}</div>
        <p>
          {t('since {{when}}', { when: formatMoment(addedAt, now) })}
          {contacts > 0 && ` · ${t('{{count}} contacts', { count: contacts })}`}
        </p>
      </div>
      <IconButton
        size="sm"
        icon={Trash2}
        label={mayNot ?? t('Take {{number}} off the list', { number })}
        disabled={mayNot !== null}
        onClick={() => setRemoving(true)}
      />
      <Confirm
        open={removing}
        onOpenChange={setRemoving}
        title={t('Take {{number}} off the list?', { number })}
        description={t('It may be called again. Contacts that were marked for another reason stay marked.')}
        confirmLabel={t('Take it off')}
        onConfirm={() => void run(removeDoNotCall, { phone }).then((done) => done && onGone())}
      />
    </li>
  );
}

function Pages({ page, total, onPage }: { page: number; total: number; onPage: (page: number) => void }) {
  const last = Math.max(1, Math.ceil(total / PAGE));
  if (last === 1) return null;
  return (
    <nav className="flex items-center gap-2" aria-label={t('Pages')}>
      <Button size="sm" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        {t('Previous page')}
      </Button>
      <span className="num text-small text-ink-3">{t('{{place}} of {{total}}', { place: page, total: last })}</span>
      <Button size="sm" disabled={page >= last} onClick={() => onPage(page + 1)}>
        {t('Next page')}
      </Button>
    </nav>
  );
}
