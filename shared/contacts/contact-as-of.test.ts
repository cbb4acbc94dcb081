import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contactAsOf, type ContactState, type PastChange } from './contact-as-of.ts';

const FIELDS = ['company', 'leadScore', 'stageId', 'attributes'];
const value = fc.oneof(fc.constant(null), fc.string({ maxLength: 3 }), fc.nat(5), fc.record({ a: fc.nat(3) }));
const edit = fc.oneof(
  fc.record({ kind: fc.constant('field' as const), field: fc.constantFrom(...FIELDS), value }),
  fc.record({ kind: fc.constantFrom('tag' as const, 'group' as const), name: fc.constantFrom('x', 'y', 'z') }),
);
const steps = fc.array(fc.record({ edit, later: fc.nat(2) }), { maxLength: 40 });

type Moment = { at: number; state: ContactState };

const sorted = (state: ContactState | null) =>
  state && { ...state, tags: state.tags.toSorted(), groups: state.groups.toSorted() };

/** Lives a contact's life edit by edit, and notes its history and how it was after each moment. */
function live(edits: readonly { edit: Edit; later: number }[]): {
  changes: PastChange[];
  moments: Moment[];
} {
  let at = 1_000;
  let state: ContactState = {
    fields: { createdAt: at, ...Object.fromEntries(FIELDS.map((field) => [field, null])) },
    tags: [],
    groups: [],
  };
  const changes: PastChange[] = [];
  const moments = new Map<number, ContactState>([[at, state]]);
  for (const { edit: one, later } of edits) {
    at += later;
    if (one.kind === 'field') {
      const before = state.fields[one.field];
      changes.unshift({ field: one.field, before, after: one.value, at });
      state = { ...state, fields: { ...state.fields, [one.field]: one.value } };
    } else {
      const list = one.kind === 'tag' ? 'tags' : 'groups';
      const had = state[list].includes(one.name);
      changes.unshift({ field: one.kind, before: had ? one.name : null, after: had ? null : one.name, at });
      state = { ...state, [list]: had ? state[list].filter((name) => name !== one.name) : [...state[list], one.name] };
    }
    moments.set(at, state);
  }
  return { changes, moments: [...moments].map(([when, then]) => ({ at: when, state: then })) };
}

type Edit = { kind: 'field'; field: string; value: unknown } | { kind: 'tag' | 'group'; name: string };

test('whatever was edited, the contact of each past moment is as it was then', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const { changes, moments } = live(all);
      const now = moments.at(-1)?.state;
      if (!now) return;
      for (const { at, state } of moments) expect(sorted(contactAsOf(now, changes, at))).toEqual(sorted(state));
    }),
    { numRuns: 300 },
  );
});

test('before it was made there is no contact, and what came after now changes nothing', () => {
  const now = { fields: { createdAt: 10, company: 'Acme' }, tags: ['vip'], groups: [] };
  expect(contactAsOf(now, [], 9)).toBeNull();
  expect(contactAsOf(now, [{ field: 'company', before: 'Old', after: 'Acme', at: 20 }], 20)).toEqual(now);
  expect(contactAsOf(now, [{ field: 'company', before: 'Old', after: 'Acme', at: 20 }], 19)).toMatchObject({
    fields: { company: 'Old' },
  });
});

test('what is no change of a field (a consent, a visit) is passed over', () => {
  const now = { fields: { createdAt: 10 }, tags: [], groups: [] };
  expect(contactAsOf(now, [{ field: null, before: null, after: null, at: 20 }], 15)).toEqual(now);
});

test('what happened to another contact before the two were merged did not happen to this one', () => {
  const now: ContactState = { fields: { createdAt: 1, company: 'Acme' }, tags: ['vip'], groups: [] };
  const theirs = { details: { mergedId: 'another' } };
  const changes: PastChange[] = [
    { field: 'tag', before: null, after: 'vip', at: 40 },
    { field: 'company', before: 'Old', after: 'Theirs', at: 30, ...theirs },
    { field: 'tag', before: 'bought', after: null, at: 20, ...theirs },
  ];
  expect(contactAsOf(now, changes, 10)).toEqual({ ...now, tags: [] });
});
