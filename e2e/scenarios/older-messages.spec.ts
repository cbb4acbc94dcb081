import { conversationIdOf } from '../../shared/inbox/message.ts';
import { runSql } from '../stack/database.ts';
import { expect, test } from '../stack/fixtures.ts';

test('with thirty days of messages kept, older ones load on scrolling with a line and stay for when there is none', async ({
  newApp,
  server,
}) => {
  const owner = await server.api('owner@demo.test');
  const created = await owner('POST', '/api/contacts', {
    firstName: 'Cressida',
    lastName: 'Vane',
    phone: '+15035550777',
  });
  const { id } = (created.body as { data: { id: string } }).data;
  // A text every third day of 300 days, the last one today.
  await runSql(
    server,
    `insert into conversations (id, tenant_id, contact_id, channel, status, last_message_at, created_at, updated_at)
     select $1, tenant_id, id, 'sms', 'OPEN', now(), now() - interval '297 days', now() from contacts where id = $2`,
    [conversationIdOf(id, 'sms'), id],
  );
  await runSql(
    server,
    `insert into messages (id, tenant_id, conversation_id, contact_id, channel, direction, body, status, created_at)
     select gen_random_uuid(), tenant_id, $1, id, 'sms', 'in', 'Text of ' || day || ' days ago', 'received', now() - make_interval(days => day)
     from contacts, generate_series(0, 297, 3) as day where id = $2`,
    [conversationIdOf(id, 'sms'), id],
  );
  const app = await newApp();
  await app.signInAndSync('agent@demo.test');
  await app.page.locator('body').press('g');
  await app.page.keyboard.press('s');
  await app.page.getByRole('button', { name: '30 days' }).click();
  await expect(
    app.page.getByText(/^Messages of the last 30 days, back to the start of that month, are on this computer/),
  ).toBeVisible();

  await app.openContact('Cressida Vane');
  const log = app.page.getByRole('log', { name: 'Texts with Cressida Vane' });
  await expect(log.getByText('Text of 0 days ago', { exact: true })).toBeVisible();
  const day = (age: number) => log.getByText(`Text of ${age} days ago`, { exact: true });
  // The window, which begins with a month, narrows when the server has answered the new choice.
  await expect(day(93)).toHaveCount(0, { timeout: 40_000 });
  await expect(day(30)).toHaveCount(1);

  app.desktop.cable.cut();
  await app.expectSync('Offline');
  await expect(log.getByText('Older messages are on the server; they load when you are online.')).toBeAttached();
  app.desktop.cable.join();
  await app.expectSync('All changes saved');
  await log.evaluate((list) => list.scrollTo(0, 0));
  await expect(day(150)).toBeAttached({ timeout: 20_000 });
  await expect(day(30)).toHaveCount(1);

  app.desktop.cable.cut();
  await app.expectSync('Offline');
  await app.desktop.killAndRestart();
  await app.open();
  await app.openContact('Cressida Vane');
  await log.getByRole('button', { name: 'Earlier texts' }).click();
  await expect(day(297)).toBeAttached();
});
