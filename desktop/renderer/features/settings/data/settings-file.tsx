import { Download, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { exportSettings, importSettings } from '../../../../../shared/workspace/settings-operations.ts';
import { saveFile } from '../../../lib/save-file.ts';
import { saidInWords } from '../../../lib/i18n/said-in-words.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useOnce } from '../../../lib/operations/use-once.ts';
import { useOperation, useRunOperation } from '../../../lib/operations/use-operation.ts';
import { useReason } from '../../../lib/operations/use-reasons.ts';
import { Confirm } from '../../../ui/confirm.tsx';
import { FieldError } from '../../../ui/field.tsx';
import { ReasonButton } from '../../../ui/controls/reason-button.tsx';
import { SettingRow } from '../setting-parts.tsx';

const MAX_BYTES = 200_000;

/** The settings of the workspace out into a file, and back in. */
export function SettingsFile() {
  const run = useRunOperation();
  const { said, choose, confirm, another, forget } = useTakeOver();
  const { busy, once } = useOnce();
  const reason = useReason(exportSettings.role, 'server');
  const input = useRef<HTMLInputElement>(null);
  const save = async () => {
    const file = await run(exportSettings, {});
    if (file) saveFile('switchboard-settings.json', 'application/json', JSON.stringify(file, null, 2));
  };
  return (
    <div className="set-card">
      <SettingRow
        title={t('Keep a copy, or set up another workspace the same way')}
        acts={
          <>
            <ReasonButton reason={reason} icon={Download} disabled={busy} onClick={() => void once(save)}>
              {t('Save to a file')}
            </ReasonButton>
            <ReasonButton reason={reason} icon={Upload} onClick={() => input.current?.click()}>
              {t('Take over from a file')}
            </ReasonButton>
            <input
              ref={input}
              type="file"
              hidden
              accept="application/json,.json"
              aria-label={t('File of settings')}
              onChange={(event) => {
                const file = event.target.files?.[0];
                event.target.value = '';
                if (file) void choose(file);
              }}
            />
          </>
        }
      >
        {t('Name, country, zone, currency, hours and colours. No people, no data, no secrets.')}
      </SettingRow>
      {said && (
        <div className="px-3.5 pb-3">
          {said.ok ? (
            <span role="status" className="text-small text-ink-2">
              {said.words}
            </span>
          ) : (
            <FieldError message={said.words} />
          )}
        </div>
      )}
      <Confirm
        open={another}
        onOpenChange={(open) => !open && forget()}
        title={t('Take over settings of another workspace?')}
        description={t('This file was saved in another workspace. Its settings take the place of yours.')}
        confirmLabel={t('Take over')}
        onConfirm={() => void confirm()}
      />
    </div>
  );
}

type Said = { ok: boolean; words: string };

function useTakeOver() {
  const run = useOperation();
  const [said, setSaid] = useState<Said | null>(null);
  const [foreign, setForeign] = useState<object | null>(null);
  const send = async (file: object, fromAnother: boolean) => {
    const checked = importSettings.input.safeParse({ ...file, fromAnother });
    if (!checked.success)
      return setSaid({
        ok: false,
        words: t('This is not a file of settings, or it was changed by hand. Nothing was changed.'),
      });
    const reply = await run(importSettings, checked.data);
    if ('error' in reply) {
      if (!fromAnother && reply.error.details?.['reason'] === 'another_workspace') return setForeign(file);
      return setSaid({ ok: false, words: saidInWords(reply.error.message) });
    }
    return setSaid({ ok: true, words: t('{{count}} settings were taken over.', { count: reply.data.changed.length }) });
  };
  const choose = async (file: File) => {
    setSaid(null);
    if (file.size > MAX_BYTES)
      return setSaid({ ok: false, words: t('This file is too large to be one of settings. Nothing was changed.') });
    try {
      const read: unknown = JSON.parse(await file.text());
      return await send(typeof read === 'object' && read !== null ? read : {}, false);
    } catch {
      return setSaid({ ok: false, words: t('This is not a file of settings. Nothing was changed.') });
    }
  };
  return {
    said,
    choose,
    another: foreign !== null,
    forget: () => setForeign(null),
    confirm: async () => {
      if (foreign) await send(foreign, true);
      setForeign(null);
    },
  };
}
