import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { newId } from '../../../shared/kernel/ids.ts';
import { writePrivately } from './write-privately.ts';

const profileFile = z.object({
  deviceId: z.uuid(),
  /** People who signed out here and left writes behind. */
  left: z.array(z.object({ userId: z.string(), email: z.string(), pending: z.number() })).default([]),
  /** Who was taken out of their workspace since somebody last signed in. */
  removed: z.object({ email: z.string(), tenantName: z.string(), kept: z.number() }).nullable().default(null),
  /** It was wiped because somebody asked for that, and nobody has signed in since. */
  wiped: z.boolean().default(false),
});

type Profile = z.output<typeof profileFile>;

const unknownDevice = (): Profile => ({ deviceId: newId<'device'>(), left: [], removed: null, wiped: false });

/** What a profile on this computer knows apart from anybody's session: its device id, and who left work behind. */
export class ProfileFile {
  /** There was none, or none that could be read: this computer has a new device id. */
  readonly isNew: boolean;
  private readonly file: string;
  private profile: Profile;

  constructor(profileDir: string) {
    mkdirSync(profileDir, { recursive: true, mode: 0o700 });
    this.file = path.join(profileDir, 'profile.json');
    const known = profileFile.safeParse(readJson(this.file));
    this.profile = known.data ?? unknownDevice();
    this.isNew = !known.success;
    if (this.isNew) this.save();
  }

  get deviceId(): string {
    return this.profile.deviceId;
  }

  get left(): { email: string; pending: number }[] {
    return this.profile.left.map(({ email, pending }) => ({ email, pending }));
  }

  /** Notes how many writes somebody leaves behind; none forgets them. */
  setLeft(userId: string, email: string, pending: number): void {
    const others = this.profile.left.filter((one) => one.userId !== userId);
    this.profile = { ...this.profile, left: pending > 0 ? [...others, { userId, email, pending }] : others };
    this.save();
  }

  get removed(): Profile['removed'] {
    return this.profile.removed;
  }

  setRemoved(removed: NonNullable<Profile['removed']>): void {
    this.profile = { ...this.profile, removed };
    this.save();
  }

  get wiped(): boolean {
    return this.profile.wiped;
  }

  /** Somebody signed in: what was told about the end of the session before is old. */
  forgetEnd(): void {
    const { removed, wiped } = this.profile;
    if (removed === null && !wiped) return;
    this.profile = { ...this.profile, removed: null, wiped: false };
    this.save();
  }

  /** As a computer that nobody used yet: everything was wiped, because somebody else asked for it where `asked`. */
  beginAnew(asked: boolean): void {
    this.profile = { ...unknownDevice(), wiped: asked };
    this.save();
  }

  private save(): void {
    writePrivately(this.file, JSON.stringify(this.profile, null, 2));
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
