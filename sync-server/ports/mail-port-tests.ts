import { expect, test } from 'vitest';
import { writeMail } from './letter.ts';
import type { Mailer } from './mail.ts';

export type ReceivedMail = { to: string; subject: string; text: string; html: string; headers: string[] };

/** What every mail adapter must do. `newest` answers the mail that arrived last, as its receiver reads it. */
export function testMailPort(open: () => Promise<{ mailer: Mailer; newest: () => Promise<ReceivedMail> }>): void {
  test('a mail arrives with its words, also those outside ASCII, as text and as HTML', async () => {
    const { mailer, newest } = await open();
    const mail = writeMail({
      to: 'ada@test.example',
      subject: 'Grüße an Ada',
      paragraphs: ['Hello Ada, žluťoučký kůň.'],
      link: { label: 'Join', url: 'https://crm.test/join/abc' },
    });
    expect(await mailer.send(mail)).toMatchObject({ status: 'sent' });
    const received = await newest();
    expect(received).toMatchObject({ to: 'ada@test.example', subject: 'Grüße an Ada' });
    expect(received.text).toContain('žluťoučký kůň');
    expect(received.text).toContain('https://crm.test/join/abc');
    expect(received.html).toContain('href="https://crm.test/join/abc"');
  });

  test('what somebody wrote into it makes no header, no recipient and no markup', async () => {
    const { mailer, newest } = await open();
    const mail = writeMail({
      to: 'bo@test.example',
      subject: 'Acme\r\nBcc: victim@test.example\r\n\r\ninjected',
      paragraphs: ['<script>alert(1)</script> & "Acme"'],
    });
    expect(await mailer.send(mail)).toMatchObject({ status: 'sent' });
    const received = await newest();
    expect(received.to).toBe('bo@test.example');
    expect(received.headers.map((name) => name.toLowerCase())).not.toContain('bcc');
    expect(received.html).not.toContain('<script>');
    expect(received.html).toContain('&lt;script&gt;');
    expect(received.html).not.toMatch(/<img|http/);
  });

  test('it can be asked whether it works', async () => {
    const { mailer } = await open();
    expect(await mailer.check()).toBeNull();
  });
}
