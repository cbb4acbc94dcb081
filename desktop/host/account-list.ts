import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Account } from '../../shared/bridge/host-contract.ts';
import { must } from '../../shared/kernel/must.ts';
import { writePrivately } from '../core/session/write-privately.ts';

const stored = z.object({
  /** The folder of its profile. */
  id: z.string().regex(/^[\w-]{1,40}$/),
  name: z.string().nullable().default(null),
  email: z.string().nullable().default(null),
  tenantName: z.string().nullable().default(null),
  serverUrl: z.string().nullable().default(null),
});
const file = z.object({ current: z.string(), accounts: z.array(stored).min(1) });

export type StoredAccount = z.output<typeof stored>;

/**
 * The accounts of this computer, in a small file beside their profiles. It holds no secret. Lost or unreadable it begins with the one
 * profile named at the start: the others' data stays in its folders.
 */
export class AccountList {
  private readonly file: string;
  private known: z.output<typeof file>;

  constructor(dataDir: string, firstId: string) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    this.file = path.join(dataDir, 'accounts.json');
    const read = file.safeParse(readJson(this.file)).data;
    this.known = read ?? { current: firstId, accounts: [stored.parse({ id: firstId })] };
    if (!this.find(this.known.current)) this.known.current = must(this.known.accounts[0], 'account').id;
  }

  /** Makes this one the current one, adding it where it is new. */
  select(id: string): void {
    if (!this.find(id)) this.known.accounts.push(stored.parse({ id }));
    this.known.current = id;
    this.save();
  }

  get current(): StoredAccount {
    return must(this.find(this.known.current), 'current account');
  }

  find(id: string): StoredAccount | null {
    return this.known.accounts.find((one) => one.id === id) ?? null;
  }

  get all(): Account[] {
    return this.known.accounts.map((one) => ({ ...one, current: one.id === this.known.current }));
  }

  change(id: string, change: Partial<Omit<StoredAccount, 'id'>>): void {
    const account = must(this.find(id), 'account');
    const isNews = Object.entries(change).some(([key, value]) => account[key as keyof StoredAccount] !== value);
    if (!isNews) return;
    Object.assign(account, change);
    this.save();
  }

  /** The last one leaves an empty one behind. */
  remove(id: string, emptyId: string): void {
    this.known.accounts = this.known.accounts.filter((one) => one.id !== id);
    if (this.known.accounts.length === 0) this.known.accounts.push(stored.parse({ id: emptyId }));
    if (this.known.current === id) this.known.current = must(this.known.accounts[0], 'account').id;
    this.save();
  }

  private save(): void {
    writePrivately(this.file, JSON.stringify(this.known, null, 2));
  }
}

function readJson(name: string): unknown {
  try {
    return JSON.parse(readFileSync(name, 'utf8'));
  } catch {
    return null;
  }
}
