import { expect, test } from 'vitest';
import type { Carrier } from './carrier.ts';

/** Numbers that misbehave on purpose, the same for every adapter (Twilio's own magic test numbers, read 2026-11). */
export const MAGIC_NUMBERS = {
  invalid: '+15005550001',
  unreachable: '+15005550002',
  optedOut: '+15005550004',
  noTexts: '+15005550009',
};

const FROM = '+15005550006';

/** What every carrier adapter must do. Call it inside a `describe` of the adapter. */
export function testCarrierPort(openCarrier: () => Promise<Carrier>): void {
  const send = async (to: string, body = 'Hello') =>
    (await openCarrier()).sendText({ messageId: MESSAGE_ID, from: FROM, to, body });

  test('takes a text and answers with the id that receipts will carry', async () => {
    const outcome = await send('+15035550142');
    expect(outcome).toEqual({ status: 'sent', vendorId: expect.stringMatching(/^SM[0-9a-f]{32}$/) });
  });

  test('can be asked whether it works', async () => {
    expect(await (await openCarrier()).health()).toEqual({
      mode: expect.stringMatching(/^(live|sandbox)$/),
      ok: true,
      message: null,
    });
  });

  test('gives two texts two ids', async () => {
    const [a, b] = [await send('+15035550142'), await send('+15035550142')];
    expect(a.status === 'sent' && b.status === 'sent' && a.vendorId !== b.vendorId).toBe(true);
  });

  test.each([
    ['an invalid number', MAGIC_NUMBERS.invalid, '21211', false],
    ['a number out of reach', MAGIC_NUMBERS.unreachable, '21612', false],
    ['a number that cannot receive texts', MAGIC_NUMBERS.noTexts, '21614', false],
    ['a number that sent STOP', MAGIC_NUMBERS.optedOut, '21610', true],
  ])('rejects %s for good, with the code and a reason in words', async (_, to, code, optedOut) => {
    const outcome = await send(to);
    expect(outcome).toMatchObject({ status: 'rejected', code, optedOut });
    expect(outcome.status === 'rejected' && outcome.reason).toMatch(/^[A-Z].{15,}\.$/);
  });
}

export const MESSAGE_ID = '01890000-0000-7000-8000-000000000001';
