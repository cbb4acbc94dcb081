import { expect, test } from 'vitest';
import type { DeepLink } from '../../shared/bridge/host-contract.ts';
import { FollowedLinks } from './followed-links.ts';

const id = '0198a000-0000-7000-8000-000000000001';

test('links wait for a page and reach it once, in order; options of the program are none', () => {
  const links = new FollowedLinks();
  const shown: DeepLink[] = [];
  links.take(['/opt/switchboard', '--hidden', `switchboard://contact/${id}`]);
  links.showOn((link) => void shown.push(link));
  links.take(['switchboard://join?code=12345678', 'switchboard://run?cmd=calc', '--gpu-launcher=calc']);
  expect(shown.map(({ kind }) => kind)).toEqual(['contact', 'join']);
  links.showOn(null);
  links.take(['switchboard://sign-in']);
  expect(shown).toHaveLength(2);
  links.showOn((link) => void shown.push(link));
  expect(shown.map(({ kind }) => kind)).toEqual(['contact', 'join', 'sign-in']);
});
