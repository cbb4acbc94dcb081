import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import playwright from '../playwright.config.ts';

// Draws every icon of the app from resources/mark.svg: `node tools/run.mjs tools/draw-icons.ts`. The results are committed.
const OUT = 'resources/icons';
const mark = readFileSync('resources/mark.svg', 'utf8');

/** On a tile, as systems show programs. */
const tile = mark
  .replace('viewBox="0 0 24 24"', 'viewBox="-8 -8 40 40"')
  .replace('<path', '<rect x="-6" y="-6" width="36" height="36" rx="8.5" fill="#F7F5F0"/><path')
  .replace('fill="#fff"', 'fill="#F7F5F0"');
/** A Mac paints it in the colour of its bar: only the shape counts. */
const template = mark.replaceAll(/#0E6963|#F0A12F/g, '#000').replace('fill="#fff"', 'fill="none"');

async function draw(browser: Browser, svg: string, size: number): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const sized = svg.replace('<svg', `<svg width="${size}" height="${size}"`);
  await page.setContent(`<body style="margin:0;background:none">${sized}</body>`);
  const png = await page.screenshot({ omitBackground: true });
  await page.close();
  return png;
}

/** Windows: a directory of PNGs. */
function toIco(pngs: ReadonlyMap<number, Buffer>): Buffer {
  const head = Buffer.alloc(6 + 16 * pngs.size);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pngs.size, 4);
  let offset = head.length;
  let at = 6;
  for (const [size, png] of pngs) {
    // 256 is written as 0.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
    at += 16;
  }
  return Buffer.concat([head, ...pngs.values()]);
}

/** macOS: blocks of PNG, each with the four letters of its size. */
function toIcns(pngs: ReadonlyMap<number, Buffer>): Buffer {
  const NAMES: [string, number][] = [
    ['icp4', 16],
    ['icp5', 32],
    ['ic11', 32],
    ['ic12', 64],
    ['ic07', 128],
    ['ic13', 256],
    ['ic08', 256],
    ['ic14', 512],
    ['ic09', 512],
    ['ic10', 1024],
  ];
  const blocks = NAMES.map(([name, size]) => block(name, pngs.get(size) ?? Buffer.alloc(0)));
  return block('icns', Buffer.concat(blocks));
}

function block(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32BE(8 + body.length, 4);
  return Buffer.concat([head, body]);
}

const browser = await chromium.launch(playwright.use?.launchOptions ?? {});
const drawAll = async (svg: string, sizes: readonly number[]) => {
  const drawn = new Map<number, Buffer>();
  for (const size of sizes) drawn.set(size, await draw(browser, svg, size));
  return drawn;
};
const save = (name: string, bytes: Buffer | undefined) => writeFileSync(path.join(OUT, name), bytes ?? Buffer.alloc(0));

mkdirSync(OUT, { recursive: true });
const tiles = await drawAll(tile, [16, 32, 48, 64, 128, 256, 512, 1024]);
for (const size of [32, 64, 128, 256, 512]) save(`${size}x${size}.png`, tiles.get(size));
save('icon.ico', toIco(new Map([16, 32, 48, 64, 128, 256].map((size) => [size, tiles.get(size) ?? Buffer.alloc(0)]))));
save('icon.icns', toIcns(tiles));
const marks = await drawAll(mark, [22, 44]);
save('tray.png', marks.get(22));
save('tray@2x.png', marks.get(44));
const templates = await drawAll(template, [16, 32]);
save('trayTemplate.png', templates.get(16));
save('trayTemplate@2x.png', templates.get(32));
await browser.close();
