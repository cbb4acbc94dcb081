import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { speak } from './i18n.ts';
import { Trans } from './trans.tsx';

afterEach(() => {
  cleanup();
  speak('en');
});

const show = (count: number) =>
  render(<Trans text="<b>{{count}}</b> new contacts" parts={{ b: <strong /> }} values={{ count }} />).container;

test('a sentence with an element keeps it in every language and every number', () => {
  expect(show(1).innerHTML).toBe('<strong>1</strong> new contact');
  speak('es');
  expect(show(2).innerHTML).toBe('<strong>2</strong> contactos nuevos');
});

test('what stands in a value is never read as an element', () => {
  render(
    <Trans
      text="<found>{{found}}</found><rest> of {{all}}, in {{ms}} ms</rest>"
      parts={{ found: <b />, rest: <span /> }}
      values={{ found: '<i>Ada</i> & co', all: 3, ms: 2 }}
    />,
  );
  expect(screen.getByText('<i>Ada</i> & co').tagName).toBe('B');
});
