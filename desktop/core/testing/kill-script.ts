import fc from 'fast-check';
import type { CommandName } from '../../../shared/catalog/operations.ts';
import { anyCommand, CONTACT_IDS, NOTE_IDS } from './model-operations.ts';
import { SIM_TABLES, type SimTable } from './simulated-server.ts';

/** Tags that only acts on everybody put on anybody. */
export const EVERYBODY_TAGS = ['everybody', 'all'];

/** One thing that is done to a running core or to its server. */
export type Act =
  | { do: 'command'; command: { name: CommandName; input: Record<string, unknown> }; awaits: boolean }
  | { do: 'others'; table: 'contacts' | 'notes'; which: number; kind: 'set' | 'delete' | 'insert' }
  | { do: 'rotate'; table: SimTable }
  | { do: 'refuse'; name: CommandName }
  | { do: 'tagEverybody'; tag: string }
  | { do: 'rebuild' | 'unplug' | 'plug' | 'loseReply' };

/** From a start to a kill: it comes `lateMs` after the core has said `words` more things since it was told to do act number `killIn`. */
export type Life = { acts: Act[]; killIn: number; words: number; lateMs: number };

const simple = fc.constantFrom(
  { do: 'rebuild' as const },
  { do: 'unplug' as const },
  { do: 'plug' as const },
  { do: 'plug' as const },
  { do: 'loseReply' as const },
);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 14,
    arbitrary: fc.record({ do: fc.constant('command' as const), command: anyCommand, awaits: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('others' as const),
      table: fc.constantFrom('contacts' as const, 'notes' as const),
      which: fc.nat(2),
      kind: fc.constantFrom('set' as const, 'set' as const, 'insert' as const, 'delete' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('rotate' as const),
      table: fc.constantFrom(...SIM_TABLES, 'contacts' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('refuse' as const), name: anyCommand.map(({ name }) => name) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('tagEverybody' as const), tag: fc.constantFrom(...EVERYBODY_TAGS) }),
  },
  { weight: 3, arbitrary: simple },
);

const LONG_WORK = new Set<Act['do']>(['tagEverybody', 'rebuild', 'rotate']);

/** Two times of three in the middle of something that takes long, where there is such. */
const life: fc.Arbitrary<Life> = fc
  .record({
    acts: fc.array(act, { minLength: 6, maxLength: 24 }),
    which: fc.nat(1_000),
    anywhere: fc.constantFrom(false, false, true),
    words: fc.integer({ min: 1, max: 4 }),
    lateMs: fc.constantFrom(0, 3, 10, 30, 60, 120),
  })
  .map(({ acts, which, anywhere, words, lateMs }) => {
    const long = acts.flatMap((one, i) => (LONG_WORK.has(one.do) ? [i] : []));
    const killIn = anywhere || long.length === 0 ? which % acts.length : (long[which % long.length] ?? 0);
    return { acts, killIn, words, lateMs };
  });

/** The same seed is the same script; only where the machine is when the kill comes is another each time. */
export const killScript = (seed: number): Life[] =>
  fc.sample(fc.array(life, { minLength: 2, maxLength: 4 }), { seed, numRuns: 1 })[0] ?? [];

/** The row of somebody else's act. */
export const rowOf = ({ table, which }: Extract<Act, { do: 'others' }>): string =>
  (table === 'contacts' ? CONTACT_IDS : NOTE_IDS)[which] ?? '';
