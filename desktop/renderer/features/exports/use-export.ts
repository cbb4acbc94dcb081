import { useCallback, useEffect, useRef, useState } from 'react';
import type { ArgsOf, Bridge } from '../../../../shared/bridge/bridge-contract.ts';
import type { ErrorBody } from '../../../../shared/kernel/app-error.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { BridgeError, unwrap } from '../../lib/bridge-error.ts';
import { saveFile } from '../../lib/save-file.ts';

export type ExportChoices = ArgsOf<'contactFiles.begin'>;
type State = { share: number | null; error: ErrorBody | null };

/** Makes a file piece by piece and hands it over. `share` is how much of it is made, null while none is; leaving ends it. */
export function useExport(onDone: (contacts: number) => void): State & {
  save: (choices: ExportChoices) => Promise<void>;
  cancel: () => void;
} {
  const bridge = useBridge();
  const [state, setState] = useState<State>({ share: null, error: null });
  /** The one that somebody waits for. */
  const wanted = useRef<object | null>(null);
  const cancel = useCallback(() => {
    wanted.current = null;
    setState({ share: null, error: null });
  }, []);
  useEffect(() => () => void (wanted.current = null), []);

  const save = useCallback(
    async (choices: ExportChoices) => {
      const me = {};
      wanted.current = me;
      const isWanted = () => wanted.current === me;
      setState({ share: 0, error: null });
      try {
        const contacts = await makeFile(bridge, choices, {
          isWanted,
          onShare: (share) => setState({ share, error: null }),
        });
        if (contacts === null || !isWanted()) return;
        setState({ share: null, error: null });
        onDone(contacts);
      } catch (error) {
        if (!(error instanceof BridgeError)) throw error;
        if (isWanted()) setState({ share: null, error: error.body });
      }
    },
    [bridge, onDone],
  );
  return { ...state, save, cancel };
}

type Watch = { isWanted: () => boolean; onShare: (share: number) => void };

/** How many contacts the file is about; null when nobody waits for it any more. */
async function makeFile(bridge: Bridge, choices: ExportChoices, { isWanted, onShare }: Watch): Promise<number | null> {
  const { id, contacts, name, type } = unwrap(await bridge.call('contactFiles.begin', choices));
  const pieces: Blob[] = [];
  for (let over = false; !over;) {
    if (!isWanted()) {
      await bridge.call('contactFiles.end', { id });
      return null;
    }
    // oxlint-disable-next-line no-await-in-loop -- one piece after the other
    const piece = unwrap(await bridge.call('contactFiles.next', { id }));
    pieces.push(new Blob([fromBase64(piece.bytes)]));
    over = piece.over;
    if (isWanted()) onShare(piece.share);
  }
  if (!isWanted()) return null;
  saveFile(name, type, pieces);
  return contacts;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
