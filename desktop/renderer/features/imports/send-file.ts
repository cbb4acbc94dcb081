import type { Bridge, Reply } from '../../../../shared/bridge/bridge-contract.ts';
import type { ImportDraft } from '../../../../shared/imports/import-draft.ts';

/** The contract's most for one part. A multiple of 3, so that each part is whole base64. */
const PART_BYTES = 1_048_575;

async function toBase64(part: Blob): Promise<string> {
  const bytes = new Uint8Array(await part.arrayBuffer());
  let binary = '';
  // in steps, because a call takes only so many arguments
  for (let at = 0; at < bytes.length; at += 8_192) binary += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(binary);
}

/** Hands a file to the core in parts of 1 MiB and has it read. `onProgress` hears the share that is over, 0 to 1. */
export async function sendFile(
  bridge: Bridge,
  file: File,
  onProgress: (share: number) => void,
): Promise<Reply<ImportDraft>> {
  let id: string | null = null;
  let offset = 0;
  do {
    const bytes = await toBase64(file.slice(offset, offset + PART_BYTES));
    const reply: Reply<{ id: string }> = await bridge.call('imports.receiveFile', {
      id,
      fileName: file.name,
      offset,
      bytes,
    });
    if ('error' in reply) return reply;
    id = reply.data.id;
    offset += PART_BYTES;
    onProgress(Math.min(1, offset / Math.max(1, file.size)));
  } while (offset < file.size);
  return bridge.call('imports.read', { id });
}
