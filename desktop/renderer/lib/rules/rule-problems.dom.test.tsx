import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { newId } from '../../../../shared/kernel/ids.ts';
import type { SegmentRule } from '../../../../shared/segments/segment.ts';
import { renderApp } from '../../testing/render-app.tsx';

const GONE = newId<'stage'>();

const openSegment = async (rule: SegmentRule) => {
  const id = newId<'segment'>();
  return renderApp(`/segments/${id}`, { contacts: 10 }, async (bridge) => {
    await bridge.call('command', {
      name: 'segments.create',
      input: { id, name: 'Some', description: null, kind: 'dynamic', rule },
    });
  });
};

test('a rule says what of it was deleted, each thing by its name or kind, and what then happens', async () => {
  await openSegment({
    all: [
      { field: 'leadStatus', op: 'among', values: ['new', 'long_gone'] },
      { any: [{ field: 'stageId', op: 'among', values: [GONE] }] },
      { field: 'tags', op: 'any', names: ['heat PUMP', 'Vanished'] },
      { field: 'attribute', path: 'boiler.age', op: 'exists' },
      { field: 'segment', op: 'in', id: newId<'segment'>() },
    ],
  });
  const said = await screen.findByText('A condition names what is not there any more');
  const lines = [...(said.parentElement?.querySelectorAll('span') ?? [])].map(({ textContent }) => textContent);
  expect(lines).toEqual([
    'The status “long_gone” was deleted: nobody has it. Choose another one, or take it away.',
    'A stage was deleted: nobody is in it. Choose another one, or take it away.',
    'There is no tag “Vanished” any more: nobody has it. Choose another one, or take it away.',
    '“boiler” is not among the contact fields. The condition looks at the values that contacts still have.',
    'A segment was deleted: nobody is in it. Choose another one, or take the condition away.',
  ]);
});

test('a rule whose things are all there says nothing', async () => {
  await openSegment({ all: [{ field: 'leadStatus', op: 'among', values: ['new'] }] });
  expect(await screen.findByRole('button', { name: 'status is New' })).toBeTruthy();
  await screen.findByText(/^of 10 contacts/u);
  expect(screen.queryByText('A condition names what is not there any more')).toBeNull();
});
