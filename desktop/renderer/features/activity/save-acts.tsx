import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Bridge, ResultOf } from '../../../../shared/bridge/bridge-contract.ts';
import type { ActFilter, ActKey, ActRow } from '../../../../shared/bridge/team-contract.ts';
import { MOST_ACTS_IN_FILE } from '../../../../shared/activity/activity-operations.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { unwrap, BridgeError } from '../../lib/bridge-error.ts';
import { formatPercent } from '../../lib/format/format-count.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { useOnce } from '../../lib/operations/use-once.ts';
import { saveFile } from '../../lib/save-file.ts';
import { Button } from '../../ui/button.tsx';
import { showError } from '../../ui/toaster.tsx';
import { actsToCsv } from './acts-csv.ts';

/** What the sentence shows, as a table for other programs. Read step by step; leaving the page ends it. */
export function SaveActs({ filter, none }: { filter: ActFilter; none: boolean }) {
  const bridge = useBridge();
  const { busy, once } = useOnce();
  const [share, setShare] = useState(0);
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => void (gone.current = true);
  }, []);
  const save = async () => {
    setShare(0);
    const read = await readActs(bridge, filter, { onShare: setShare, isGone: () => gone.current });
    if (read === null) return;
    if (read instanceof BridgeError) return showError(read.body);
    const { rows, isWhole } = read;
    saveFile(
      'activity.csv',
      'text/csv',
      actsToCsv(rows, (text) => saidInWords(text)),
    );
    if (isWhole) return;
    const message = t('The file holds the newest {{count}} acts. Narrow the sentence above to save older ones.', {
      count: rows.length,
    });
    showError({ code: 'limit_reached', message });
  };
  return (
    <Button size="sm" look="ghost" icon={Download} disabled={none || busy} onClick={() => void once(save)}>
      {busy && share > 0 ? t('Reading, {{share}}', { share: formatPercent(share) }) : t('Save as CSV')}
    </Button>
  );
}

type Progress = { onShare: (share: number) => void; isGone: () => boolean };

/** All that match, newest first, as far as a file goes; null when nobody waits for it any more. */
async function readActs(bridge: Bridge, filter: ActFilter, { onShare, isGone }: Progress) {
  const rows: ActRow[] = [];
  const begunAt = Date.now();
  let after: ActKey | null = null;
  try {
    do {
      // oxlint-disable-next-line no-await-in-loop -- each step begins where the one before ended
      const step: ResultOf<'acts.page'> = unwrap(await bridge.call('acts.page', { filter, after }));
      if (isGone()) return null;
      rows.push(...step.rows);
      after = step.next;
      if (after !== null && step.from !== null)
        onShare(Math.min(0.99, (begunAt - after.at) / Math.max(1, begunAt - step.from)));
    } while (after !== null && rows.length < MOST_ACTS_IN_FILE);
  } catch (error) {
    if (error instanceof BridgeError) return error;
    throw error;
  }
  return { rows: rows.slice(0, MOST_ACTS_IN_FILE), isWhole: after === null && rows.length <= MOST_ACTS_IN_FILE };
}
