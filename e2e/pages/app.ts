import { expect, type Locator, type Page } from '@playwright/test';
import type { DesktopHost } from '../stack/stack.ts';

/** The app as a person sees it, on one desktop. */
export class App {
  page: Page;
  readonly desktop: DesktopHost;

  constructor(page: Page, desktop: DesktopHost) {
    this.page = page;
    this.desktop = desktop;
  }

  /** Opens the address that npm start prints. */
  async open(): Promise<void> {
    this.page = await this.desktop.show(this.page);
  }

  async signIn(email: string, password = 'demo-password'): Promise<void> {
    await this.open();
    await this.page.getByLabel('Work email').fill(email);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** Signed in, and everything of the tenant is here. */
  async signInAndSync(email: string): Promise<void> {
    await this.signIn(email);
    await this.expectSync('All changes saved');
    await expect(this.page.getByRole('grid', { name: 'Contacts' }).getByRole('row').nth(1)).toBeVisible();
  }

  async expectSync(text: string | RegExp): Promise<void> {
    const line = this.page.getByRole('button', { name: 'Open the outbox' });
    await expect(line).toHaveAccessibleName(typeof text === 'string' ? `${text}. Open the outbox` : text, {
      timeout: 40_000,
    });
  }

  async go(place: 'Contacts' | 'Inbox' | 'Imports'): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: place }).click();
  }

  async goToOutbox(): Promise<void> {
    // A key pressed before the page is there reaches nobody.
    await expect(this.page.getByRole('button', { name: 'Open the outbox' })).toBeVisible();
    await this.page.keyboard.press('Control+Shift+O');
    await expect(this.page.getByRole('heading', { name: 'Outbox' })).toBeVisible();
  }

  get rows(): Locator {
    return this.page.getByRole('grid', { name: 'Contacts' }).getByRole('row');
  }

  /** Finds contacts as people do: `/`, then typing. */
  async search(text: string): Promise<void> {
    await this.go('Contacts');
    await this.page.getByLabel('Find in contacts').fill(text);
  }

  /** Searches for a contact and opens it by keyboard. */
  async openContact(name: string): Promise<void> {
    await this.search(name);
    await expect(this.rows.filter({ hasText: name }).first()).toBeVisible();
    await this.page.getByLabel('Find in contacts').press('Enter');
    await expect(this.page.getByRole('heading', { name, level: 1 })).toBeVisible();
  }

  field(label: string): Locator {
    return this.page
      .getByRole('region', { name: 'Properties' })
      .getByRole('button', { name: new RegExp(`^${label}:`) });
  }

  async editField(label: string, value: string): Promise<void> {
    await this.field(label).click();
    await this.page.getByRole('textbox', { name: label, exact: true }).fill(value);
    await this.page.getByRole('textbox', { name: label, exact: true }).press('Enter');
    await expect(this.field(label)).toHaveAccessibleName(`${label}: ${value}`);
  }

  async addTag(tag: string): Promise<void> {
    await this.page.getByRole('region', { name: 'Tags' }).getByRole('button', { name: /^Tag/ }).click();
    await this.page.getByPlaceholder('Find or make a tag').fill(tag);
    await this.page.getByPlaceholder('Find or make a tag').press('Enter');
    await expect(this.tag(tag)).toBeVisible();
  }

  tag(name: string): Locator {
    return this.page.getByRole('region', { name: 'Tags' }).getByRole('button', { name: `Remove the tag ${name}` });
  }

  async writeNote(text: string): Promise<void> {
    await this.page.getByLabel('Write a note').fill(text);
    await this.page.getByLabel('Write a note').press('Control+Enter');
    await expect(this.note(text)).toBeVisible();
  }

  note(text: string): Locator {
    return this.page.getByRole('article').filter({ hasText: text });
  }
}
