import { chromium } from '@playwright/test';
const [, , url, out, w = '1440', h = '900', ...acts] = process.argv;
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const p = await b.newPage({ viewport: { width: +w, height: +h } });
p.on('pageerror', (e) => console.log('ERR', e.message));
p.on('console', (m) => m.type() === 'error' && console.log('CON', m.text().slice(0, 300)));
await p.goto(url);
await p.waitForTimeout(1500);
for (const a of acts) {
  const [k, v] = a.split('=');
  if (k === 'press') await p.keyboard.press(v);
  else if (k === 'type') await p.keyboard.type(v);
  else if (k === 'click') await p.getByText(v, { exact: true }).first().click();
  else if (k === 'label') await p.getByLabel(v).first().click();
  else if (k === 'wait') await p.waitForTimeout(+v);
  await p.waitForTimeout(150);
}
await p.screenshot({ path: out });
await b.close();
