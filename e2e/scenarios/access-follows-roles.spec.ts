import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../stack/fixtures.ts';

const AGENT = 'agent@demo.test';

type Api = (method: string, path: string, body?: unknown) => Promise<{ status: number; body: unknown }>;
const agentId = async (server: { api: (email: string) => Promise<Api> }): Promise<string> => {
  const me = await (await server.api(AGENT))('GET', '/api/auth/me');
  return (me.body as { data: { userId: string } }).data.userId;
};
const done = async (answer: Promise<{ status: number }>) => expect((await answer).status).toBe(200);

test('a role taken away closes what it allowed at once, and given back opens it again', async ({ newApp, server }) => {
  const owner = await server.api('owner@demo.test');
  await owner('POST', '/api/contacts', { firstName: 'Thaddeus', lastName: 'Rook', company: 'Rook Ladders' });
  const userId = await agentId(server);
  const app = await newApp();
  await app.signInAndSync(AGENT);
  await app.openContact('Thaddeus Rook');
  await expect(app.field('Company')).toBeEnabled();
  try {
    await done(owner('PUT', `/api/members/${userId}/role`, { role: 'VIEWER' }));
    await expect(app.field('Company')).toBeDisabled({ timeout: 20_000 });
    await app.page.locator('body').press('g');
    await app.page.keyboard.press('m');
    await expect(app.page.getByText('Your role does not see changes that met')).toBeVisible({ timeout: 20_000 });
  } finally {
    await done(owner('PUT', `/api/members/${userId}/role`, { role: 'AGENT' }));
  }
  await expect(app.page.getByText('No changes met')).toBeVisible({ timeout: 20_000 });
  await app.openContact('Thaddeus Rook');
  await expect(app.field('Company')).toBeEnabled({ timeout: 20_000 });
});

test('somebody taken out of the workspace is signed out, reads why, and finds what they had not sent when let in again', async ({
  newApp,
  server,
}) => {
  const owner = await server.api('owner@demo.test');
  const created = await owner('POST', '/api/contacts', { firstName: 'Wilhelmina', lastName: 'Stork' });
  const { id } = (created.body as { data: { id: string } }).data;
  const userId = await agentId(server);
  const app = await newApp();
  await app.signInAndSync(AGENT);
  app.desktop.cable.cut();
  await app.expectSync('Offline');
  await app.openContact('Wilhelmina Stork');
  await app.editField('Company', 'Stork Chimneys');
  try {
    await done(owner('POST', `/api/members/${userId}/deactivate`));
    app.desktop.cable.join();
    await expect(app.page.getByText(`${AGENT} was taken out of Northwell Heating`)).toBeVisible({ timeout: 40_000 });
    await expect(app.page.getByText(/1 change that had not been sent is kept here/)).toBeVisible();
    for (const file of filesOf(app.desktop.profileDir)) expect(readFileSync(file).includes('Wilhelmina')).toBe(false);
  } finally {
    await done(owner('POST', `/api/members/${userId}/reactivate`));
  }
  await app.signIn(AGENT);
  await app.expectSync('All changes saved');
  await expect
    .poll(async () => (await owner('GET', `/api/contacts/${id}`)).body)
    .toMatchObject({ data: { company: 'Stork Chimneys' } });
});

const filesOf = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
