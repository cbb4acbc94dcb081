import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findCircle, followChain, type ChainLink } from './status-chain.ts';

const link = (triggerStatus: string, targetStatus: string): ChainLink => ({
  id: `${triggerStatus}-${targetStatus}`,
  triggerStatus,
  targetStatus,
});
const always = () => true;

test('a chain is followed to its end', () => {
  const { steps, path } = followChain([link('b', 'c'), link('a', 'b')], 'a', always);
  expect(path).toEqual(['a', 'b', 'c']);
  expect(steps.map(({ link: { id }, outcome }) => [id, outcome])).toEqual([
    ['a-b', 'moved'],
    ['b-c', 'moved'],
  ]);
});

test('a chain that would come back stops before it does, and says which automation would have gone on', () => {
  const { steps, path } = followChain([link('a', 'b'), link('b', 'a')], 'a', always);
  expect(path).toEqual(['a', 'b']);
  expect(steps.at(-1)).toEqual({ link: link('b', 'a'), outcome: 'stopped' });
});

test('of several automations on one status the first whose conditions hold counts', () => {
  const links = [link('a', 'b'), link('a', 'c'), link('a', 'd')];
  const { steps, path } = followChain(links, 'a', ({ id }) => id !== 'a-b');
  expect(path).toEqual(['a', 'c']);
  expect(steps.map(({ outcome }) => outcome)).toEqual(['skipped', 'moved']);
});

test('a circle is found however long it is, and an automation that is changed does not count against itself', () => {
  const links = [link('a', 'b'), link('b', 'c'), link('c', 'd')];
  expect(findCircle(links, link('d', 'a'))).toEqual(['d', 'a', 'b', 'c', 'd']);
  expect(findCircle(links, link('d', 'e'))).toBeNull();
  expect(findCircle([link('a', 'b')], { ...link('b', 'a'), id: 'a-b' })).toBeNull();
  expect(findCircle([], link('a', 'a'))).toEqual(['a', 'a']);
});

test('no set of automations goes on for ever, and none that was taken on one by one without a circle is ever stopped', () => {
  const status = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const pair = fc.tuple(status, status).map(([from, to]) => link(from, to));
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 12 }), status, (pairs, start) => {
      const { path } = followChain(pairs, start, always);
      expect(new Set(path).size).toBe(path.length);
      const taken: ChainLink[] = [];
      for (const [i, one] of pairs.entries()) {
        const named = { ...one, id: String(i) };
        if (!findCircle(taken, named)) taken.push(named);
      }
      expect(followChain(taken, start, always).steps.map(({ outcome }) => outcome)).not.toContain('stopped');
    }),
  );
});
