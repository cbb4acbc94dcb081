import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CommandName } from '../../../shared/catalog/operations.ts';
import { tagIdOf } from '../../../shared/contacts/tag.ts';
import { decodeCell, isSameCell, type Cells } from '../replica/cells.ts';
import { openReplica, type Replica } from '../replica/open-replica.ts';
import { getReplicaTable } from '../replica/replica-schema.ts';
import { FakeServer, USER } from './fake-server.ts';
import { EVERYBODY_TAGS, rowOf, type Act, type Life } from './kill-script.ts';
import { KillableCore } from './killable-core.ts';
import { CONTACT_IDS, NOTE_IDS, withTexts } from './model-operations.ts';
import { readProfileKey } from './profile-key.ts';
import { assertSound } from './replica-state.ts';
import { SIM_TABLES, type SimTable } from './simulated-server.ts';

/** Enough for a first load that builds its indexes afterwards, and for an act that is cut into slices. */
const CROWD = 10_200;
const crowd = new Set(
  Array.from({ length: CROWD }, (_, i) => `30000000-0000-7000-8000-${String(i).padStart(12, '0')}`),
);

/** One profile whose core is killed and started again and again, with its server and a list of what was acknowledged. */
export class KilledProfile {
  readonly server = new FakeServer();
  /** Write ids that the core has answered with: safe from then on, whatever happens. */
  readonly acknowledged = new Set<string>();
  /** The unit of an act is null where it was never acknowledged. */
  private readonly taggedEverybody: { unit: string | null; tag: string }[] = [];
  private wasTagRefused = false;
  kills = 0;
  private readonly dir = mkdtempSync(path.join(tmpdir(), 'killed-'));
  private plugged = true;
  private texts = 0;

  async start(): Promise<void> {
    await this.server.listen();
    const { server } = this;
    const put = (table: string, id: string, values: Record<string, string>) =>
      server.sim.commit([{ kind: 'insert', table, id, values }]);
    CONTACT_IDS.slice(0, 3).forEach((id, i) => put('contacts', id, { company: `seed ${i}`, firstName: `first ${i}` }));
    NOTE_IDS.slice(0, 2).forEach((id, i) => put('notes', id, { contactId: CONTACT_IDS[i] ?? '', body: `note ${i}` }));
    server.sim.commit(
      [...crowd].map((id, i) => ({
        kind: 'insert',
        table: 'contacts',
        id,
        values: { firstName: `One of ${i % 100}` },
      })),
    );
  }

  private readonly nextText = (): string => `t${(this.texts += 1)}`;

  async live({ acts, killIn, words, lateMs }: Life): Promise<void> {
    const core = await this.startCore();
    const answers: Promise<void>[] = [];
    for (const [i, act] of acts.entries()) {
      if (i === killIn) this.killSoon(core, words, lateMs);
      const answer = this.perform(core, act);
      answers.push(answer);
      // Whoever waits for an answer that never comes is set free by the kill.
      if (act.do !== 'command' || act.awaits) await answer;
    }
    await core.ended;
    await Promise.all(answers);
  }

  private async startCore(): Promise<KillableCore> {
    const core = await KillableCore.start(this.dir, this.server.url);
    const session = await core.call('session.get', {});
    if (session && 'data' in session && session.data.status === 'signed-out' && this.plugged)
      await core.call('session.signIn', { email: USER.email, password: 'right password' });
    return core;
  }

  private killSoon(core: KillableCore, words: number, lateMs: number): void {
    this.kills += 1;
    const kill = () => void core.kill();
    // One that has nothing more to say is killed too.
    const silence = setTimeout(kill, 500);
    let said = 0;
    core.events.on('told', () => {
      said += 1;
      if (said !== words) return;
      clearTimeout(silence);
      setTimeout(kill, lateMs);
    });
  }

  private async perform(core: KillableCore, act: Act): Promise<void> {
    const { server } = this;
    switch (act.do) {
      case 'command':
        return this.command(core, act.command.name, withTexts(act.command.input, this.nextText));
      case 'tagEverybody':
        return this.tagEverybody(core, act.tag);
      case 'others':
        return this.others(act);
      case 'rotate':
        return server.rotate(act.table);
      case 'refuse':
        this.wasTagRefused ||= act.name === 'contacts.addTags';
        return void (server.refuses.delete(act.name) || server.refuses.add(act.name));
      case 'rebuild':
        // Not waited for: what comes next meets it half way.
        return void core.call('sync.rebuild', {});
      case 'loseReply':
        server.losesReplies += 1;
        return;
      case 'unplug':
        if (this.plugged) await server.unplug();
        this.plugged = false;
        return;
      case 'plug':
        await this.plug();
    }
  }

  private async plug(): Promise<void> {
    if (!this.plugged) await this.server.listen();
    this.plugged = true;
  }

  private async command(core: KillableCore, name: CommandName, input: Record<string, unknown>): Promise<void> {
    const writeId = await core.command(name, input);
    if (writeId) this.acknowledged.add(writeId);
  }

  private async tagEverybody(core: KillableCore, tag: string): Promise<void> {
    const unit = await core.command('contacts.addTags', { contactIds: [...crowd], tags: [tag] });
    this.taggedEverybody.push({ unit, tag });
  }

  private others(act: Extract<Act, { do: 'others' }>): void {
    const { table, kind } = act;
    const id = rowOf(act);
    const values = { [table === 'contacts' ? 'company' : 'body']: this.nextText() };
    if (kind === 'delete') this.server.commit([{ kind, table, ids: [id] }]);
    else if (kind === 'set') this.server.commit([{ kind, table, ids: [id], values }]);
    else if (!this.server.sim.table(table).has(id)) this.server.commit([{ kind, table, id, values }]);
  }

  /** A last start, with a line and nothing in the way, until everything is everywhere. */
  async settle(): Promise<void> {
    await this.plug();
    this.server.losesReplies = 0;
    const core = await this.startCore();
    await core.call('sync.tryNow', {});
    const isSettled = async () => {
      const state = await core.call('sync.get', {});
      const seen = await core.call('sync.inspect', {});
      if (!state || !seen || 'error' in state || 'error' in seen)
        throw new Error(`no answer: ${JSON.stringify([state, seen])}`);
      const ends = (table: SimTable) => `${this.server.sim.log[table]?.length}_0`;
      const isThere = seen.data.streams.every((one) => one.state === 'live' && one.offset === ends(one.table));
      return state.data.status === 'saved' && state.data.pending === 0 && isThere;
    };
    const deadline = performance.now() + 60_000;
    while (!(await isSettled())) {
      if (performance.now() > deadline)
        throw new Error(`it does not settle: ${JSON.stringify(await core.call('sync.inspect', {}))}`);
      await core.saysMore(50);
    }
    await core.close();
  }

  /** Opens the file as it was left and compares it with what the server has and with what the person was told. */
  check(): void {
    const replica = openReplica(path.join(this.dir, USER.userId, 'replica.sqlite'), readProfileKey(this.dir));
    try {
      assertSound(replica);
      for (const name of SIM_TABLES) this.checkTable(replica, name);
      this.checkWrites(replica);
    } finally {
      replica.close();
    }
  }

  private checkTable(replica: Replica, name: SimTable): void {
    const { columns, kinds } = getReplicaTable(name);
    const here = replica.db.prepare(`SELECT ${columns.join(', ')} FROM ${name}`).all() as Cells[];
    const there = this.server.sim.table(name);
    if (here.length !== there.size) throw new Error(`${here.length} ${name} here and ${there.size} at the server`);
    for (const row of here)
      for (const [column, kind] of Object.entries(kinds)) {
        const server = decodeCell(kind, there.get(String(row['id']))?.[column]);
        if (!isSameCell(kind, row[column], server))
          throw new Error(`${name} ${row['id']} has ${column} ${row[column]} here and ${server} at the server`);
      }
  }

  private checkWrites(replica: Replica): void {
    const { decisions, appliedTimes } = this.server.sim;
    const left = replica.db.prepare('SELECT count(*) FROM pending_write').pluck().get();
    if (left !== 0) throw new Error(`${String(left)} writes wait although everything is saved`);
    const refused = new Set(
      replica.db.prepare('SELECT write_id FROM refused_write UNION SELECT unit FROM refused_write').pluck().all(),
    );
    for (const [writeId, times] of appliedTimes)
      if (times !== 1) throw new Error(`${writeId} was applied ${times} times`);
    for (const writeId of this.acknowledged)
      if (decisions.get(writeId)?.status !== 'accepted' && !refused.has(writeId))
        throw new Error(`${writeId} was acknowledged and is neither applied nor told as refused`);
    for (const [writeId, { status }] of decisions)
      if (status === 'refused' && !refused.has(writeId)) throw new Error(`the refusal of ${writeId} was not told`);
    this.checkTags(refused);
  }

  /** An act on everybody that was begun reaches everybody, acknowledged or not, or it is told which of its slices did not. */
  private checkTags(refused: ReadonlySet<unknown>): void {
    const tags = [...this.server.sim.table('contact_tags').values()];
    const everybody = [...this.server.sim.table('contacts').keys()].filter((id) => crowd.has(id)).length;
    for (const tag of EVERYBODY_TAGS) {
      const tagId = tagIdOf(USER.tenantId, tag);
      const reached = tags.filter((row) => row['tag_id'] === tagId).length;
      const units = this.taggedEverybody.filter((one) => one.tag === tag).map(({ unit }) => unit);
      const isAcknowledged = units.some((unit) => unit !== null);
      const isToldRefused = units.some((unit) => unit === null || refused.has(unit)) && this.wasTagRefused;
      const isWhole = reached === everybody || (reached === 0 && !isAcknowledged);
      if (!isWhole && !isToldRefused) throw new Error(`${tag} was put on ${reached} of ${everybody}`);
    }
  }

  async end(): Promise<void> {
    await this.server.unplug();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
