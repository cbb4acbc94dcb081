import { describe, expect, test } from 'vitest';
import type { Receipt } from '../../ports/carrier.ts';
import { MESSAGE_ID, testCarrierPort } from '../../ports/carrier-port-tests.ts';
import { createSandboxCarrier } from './sandbox-carrier.ts';

describe('the sandbox as a carrier', () => testCarrierPort(async () => createSandboxCarrier(async () => undefined)));

test('a text is followed by a receipt of its delivery', async () => {
  const receipts: Receipt[] = [];
  const carrier = createSandboxCarrier(async (receipt) => void receipts.push(receipt));
  const outcome = await carrier.sendText({
    messageId: MESSAGE_ID,
    from: '+15005550006',
    to: '+15035550142',
    body: 'Hi',
  });
  expect(receipts).toEqual([
    {
      vendor: 'sandbox',
      vendorId: outcome.status === 'sent' ? outcome.vendorId : '',
      messageId: MESSAGE_ID,
      status: 'delivered',
      failure: null,
      raw: {},
    },
  ]);
});
