import { randomBytes } from 'node:crypto';
import type { Carrier, Receipt } from '../../ports/carrier.ts';

const REJECTED: Record<string, { code: string; reason: string }> = {
  '+15005550001': { code: '21211', reason: 'This is not a valid phone number (sandbox).' },
  '+15005550002': { code: '21612', reason: 'The carrier cannot reach this number from yours (sandbox).' },
  '+15005550004': { code: '21610', reason: 'This person has asked not to be texted (sandbox).' },
  '+15005550009': { code: '21614', reason: 'This number cannot receive texts (sandbox).' },
};

/** A carrier id as real ones look. */
export const sandboxVendorId = (): string => `SM${randomBytes(16).toString('hex')}`;

/**
 * The carrier when no account is configured: texts end on the page at `/sandbox` instead of a phone, and receipts come back
 * as they do from a real one, a moment later and through `scheduleReceipt`, which must survive a restart.
 */
export const createSandboxCarrier = (scheduleReceipt: (receipt: Receipt) => Promise<void>): Carrier => ({
  vendor: 'sandbox',
  mode: 'sandbox',
  health: async () => ({ mode: 'sandbox', ok: true, message: null }),
  findNumber: async () => ({ status: 'any' }),
  async sendText({ messageId, to }) {
    const rejection = REJECTED[to];
    if (rejection) return { status: 'rejected', ...rejection, optedOut: rejection.code === '21610' };
    const vendorId = sandboxVendorId();
    await scheduleReceipt({ vendor: 'sandbox', vendorId, messageId, status: 'delivered', failure: null, raw: {} });
    return { status: 'sent', vendorId };
  },
});
