import type { ArgsOf, Reply, ResultOf } from '../../../shared/bridge/bridge-contract.ts';
import { fileNameOf, partsOf } from '../../../shared/exports/export-request.ts';

const PIECES = ['a,', 'b\r\n'];

/** A file in two pieces; whoever waits for `held` keeps the second back. */
export class FixtureExport {
  held: Promise<void> = Promise.resolve();
  private next = 0;

  begin({ who, format, include }: ArgsOf<'contactFiles.begin'>): Reply<ResultOf<'contactFiles.begin'>> {
    this.next = 0;
    const contacts = 'ids' in who ? who.ids.length : 40 - who.except.length;
    return { data: { id: 'export', contacts, ...fileNameOf(format, partsOf(format, include), '2026-11-21') } };
  }

  async piece(): Promise<Reply<ResultOf<'contactFiles.next'>>> {
    const at = this.next;
    this.next += 1;
    if (at > 0) await this.held;
    return { data: { bytes: btoa(PIECES[at] ?? ''), share: (at + 1) / PIECES.length, over: at + 1 >= PIECES.length } };
  }
}
