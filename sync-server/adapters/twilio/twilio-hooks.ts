import { Router, urlencoded, type RequestHandler } from 'express';
import twilio from 'twilio';
import { z } from 'zod';
import type { CarrierEvents, Receipt } from '../../ports/carrier.ts';
import { twilioReason } from './twilio-codes.ts';

type HookParts = {
  authToken: string;
  /** Signatures are made over this address + path, whatever host the request arrives at. */
  publicUrl: string;
  events: CarrierEvents;
  onRejected: () => void;
};

const inbound = z.looseObject({
  MessageSid: z.string().min(1),
  From: z.string().min(1),
  To: z.string().min(1),
  Body: z.string().default(''),
});
const receipt = z.looseObject({
  MessageSid: z.string().min(1),
  MessageStatus: z.string(),
  ErrorCode: z.string().optional(),
  ErrorMessage: z.string().optional(),
});

/** Twilio's states as ours. Those before `sent` say nothing we do not know. */
const STATUS: Record<string, Receipt['status']> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
};

/** `/hooks/twilio`: texts and receipts. A request whose signature is wrong gets 403 and leaves nothing but a count. */
export function createTwilioHooks({ authToken, publicUrl, events, onRejected }: HookParts): Router {
  const router = Router();
  const readForm = urlencoded({ extended: false, limit: '100kb' });
  const checkSignature: RequestHandler = (req, res, next) => {
    const signature = req.header('x-twilio-signature') ?? '';
    const form = (req.body ?? {}) as Record<string, unknown>;
    if (twilio.validateRequest(authToken, signature, publicUrl + req.originalUrl, form)) {
      next();
      return;
    }
    onRejected();
    res.status(403).json({ error: { code: 'forbidden', message: 'The signature is wrong.' } });
  };

  router.post('/sms', readForm, checkSignature, async (req, res) => {
    const { MessageSid, From, To, Body, ...rest } = inbound.parse(req.body);
    const raw = { MessageSid, From, To, Body, ...rest };
    await events.receiveText({ vendor: 'twilio', vendorId: MessageSid, from: From, to: To, body: Body, raw });
    res.type('text/xml').send('<?xml version="1.0" encoding="UTF-8"?><Response/>');
  });

  router.post('/sms-status', readForm, checkSignature, async (req, res) => {
    const { MessageSid, MessageStatus, ErrorCode, ErrorMessage, ...rest } = receipt.parse(req.body);
    const status = STATUS[MessageStatus];
    if (status)
      await events.applyReceipt({
        vendor: 'twilio',
        vendorId: MessageSid,
        messageId: z.uuid().safeParse(req.query['message']).data ?? null,
        status,
        failure: status === 'failed' ? twilioReason(ErrorCode ?? MessageStatus, ErrorMessage ?? '') : null,
        raw: { MessageSid, MessageStatus, ErrorCode, ErrorMessage, ...rest },
      });
    res.status(204).end();
  });

  return router;
}
