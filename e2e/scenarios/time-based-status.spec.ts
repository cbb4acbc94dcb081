import { runSql } from '../stack/database.ts';
import { expect, test } from '../stack/fixtures.ts';

test('a status that goes by time moves at its minute, shows by itself, and the past says what moved it', async ({
  newApp,
  server,
}) => {
  const owner = await server.api('owner@demo.test');
  const post = async <T>(path: string, body: object): Promise<T> => {
    const answer = await owner('POST', path, body);
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    return (answer.body as { data: T }).data;
  };
  const waiting = await post<{ id: string; key: string }>('/api/lead-statuses', { name: 'Waits for an answer' });
  const create = (firstName: string) =>
    post<{ id: string }>('/api/contacts', { firstName, lastName: 'Timerova', leadStatus: waiting.key });
  const [due, later] = [await create('Duea'), await create('Laterb')];
  const app = await newApp();
  await app.signInAndSync('agent@demo.test');
  await app.openContact('Duea Timerova');
  await expect(app.field('Status')).toHaveAccessibleName('Status: Waits for an answer');

  // Nobody waits a minute for a test: the first has been waiting for most of it.
  const [entered] = await runSql<{ due: Date }>(
    server,
    `update contacts set status_entered_at = now() - interval '50 seconds' where id = $1
     returning status_entered_at + interval '1 minute' as due`,
    [due.id],
  );
  await post('/api/lead-statuses/automations', {
    name: 'Forgotten for a minute',
    triggerType: 'TIME_BASED',
    fromStatus: waiting.key,
    timeValue: 1,
    timeUnit: 'MINUTES',
    targetStatus: 'qualified',
    isActive: true,
  });
  await expect(app.field('Status')).toHaveAccessibleName('Status: Qualified', { timeout: 30_000 });
  const firings = (await owner('GET', '/api/lead-statuses/firings')).body as {
    data: { contactId: string; automationName: string; at: string }[];
  };
  const firing = firings.data.find(({ contactId }) => contactId === due.id);
  expect(firing).toMatchObject({ automationName: 'Forgotten for a minute', outcome: 'moved' });
  const late = new Date(firing?.at ?? '').getTime() - (entered?.due.getTime() ?? 0);
  expect(late).toBeGreaterThanOrEqual(0);
  expect(late).toBeLessThan(60_000);
  expect(((await owner('GET', `/api/contacts/${later.id}`)).body as { data: object }).data).toMatchObject({
    leadStatus: waiting.key,
  });

  await app.page.locator('body').press('5');
  await expect(app.page.getByText(/Forgotten for a minute/).first()).toBeVisible();
});
