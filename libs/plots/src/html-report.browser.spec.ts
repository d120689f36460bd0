import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { inChromium, launch } from './chromium.fixture.spec';
import { examplesIn } from './example-figures';
import { htmlReport, palettes } from './index';

const figures = (['en', 'zh'] as const).flatMap((language) =>
  Object.values(examplesIn({ language, synthetic: language === 'en' })).flat(),
);
const html = htmlReport({
  title: 'Every figure',
  subtitle: 'one_very_long_word_that_no_phone_can_show_on_a_single_line_of_its_page',
  notices: ['Made-up numbers'],
  generated: new Date(0),
  sections: [
    {
      heading: 'A wide table',
      table: {
        columns: Array.from({ length: 12 }, (_, i) => `A long column name ${i}`),
        rows: [Array.from({ length: 12 }, (_, i) => i / 7)],
      },
    },
    { heading: 'Figures', figures },
  ],
});

inChromium.describe('the report in a browser', () => {
  let browser: Browser;
  let folder: string;
  let url: string;
  let page: Page;
  const complaints: string[] = [];
  const requests: string[] = [];

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'botlab-report-'));
    const file = path.join(folder, 'report.html');
    fs.writeFileSync(file, html);
    url = pathToFileURL(file).href;
    browser = await launch();
    page = await browser.newPage({ viewport: { width: 390, height: 844 }, colorScheme: 'light' });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(url);
    await page.waitForFunction(
      (count) => document.querySelectorAll('.plot[data-drawn="true"]').length === count,
      figures.length,
    );
  });

  afterAll(async () => {
    await browser?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('draws every figure', async () => {
    const drawn = await page.$$eval('.plot', (plots) =>
      plots.map((plot) => plot.querySelectorAll('svg.main-svg').length > 0),
    );
    expect(drawn).toEqual(figures.map(() => true));
  });

  it('complains of nothing, and asks for nothing but itself', () => {
    expect(complaints).toEqual([]);
    expect(requests.filter((request) => !/^(data|blob):/.test(request))).toEqual([url]);
  });

  it.each(['light', 'dark'] as const)('wears the colours of a %s page', async (scheme) => {
    await page.emulateMedia({ colorScheme: scheme });
    const rgb = (hex: string) =>
      `rgb(${[1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
    await page.waitForFunction(
      (text) =>
        [...document.querySelectorAll('.plot')].every((plot) =>
          [...plot.querySelectorAll('text')].some((label) => getComputedStyle(label).fill === text),
        ),
      rgb(palettes[scheme].text),
      { timeout: 10_000 },
    );
    expect(await page.$eval('body', (body) => getComputedStyle(body).backgroundColor)).toBe(
      rgb(palettes[scheme].paper),
    );
  });

  it.each([320, 390, 1100])('never scrolls sideways at %d px, though its table does', async (w) => {
    await page.setViewportSize({ width: w, height: 844 });
    // Plotly follows the new width a moment later.
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLElement>('.plot')].every(
        (plot) =>
          Math.abs(plot.querySelector('svg')!.getBoundingClientRect().width - plot.clientWidth) < 2,
      ),
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(w);
    expect(await page.$eval('.scroll', (table) => table.scrollWidth > table.clientWidth)).toBe(
      true,
    );
  });

  it('overlaps no two tick labels on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.waitForTimeout(500);
    const overlaps = await page.$$eval('.plot', (plots) =>
      plots.flatMap((plot) =>
        ['.xtick text', '.ytick text', '.x2tick text', '.y2tick text', '.legendtext'].flatMap(
          (kind) => {
            const labels = [...plot.querySelectorAll(kind)];
            const boxes = labels.map((label) => label.getBoundingClientRect());
            return boxes.flatMap((a, i) =>
              boxes.slice(i + 1).flatMap((b, j) => {
                const isApart =
                  a.right <= b.left || b.right <= a.left || a.bottom <= b.top + 3 || b.bottom <= a.top + 3; // prettier-ignore
                return isApart
                  ? []
                  : [`${labels[i]!.textContent} over ${labels[i + 1 + j]!.textContent}`];
              }),
            );
          },
        ),
      ),
    );
    expect(overlaps).toEqual([]);
  });

  it('sets no two texts of a drawing one over another on a phone, and cuts none', async () => {
    // Leaves what a page of notebooks has for a figure at 390.
    await page.setViewportSize({ width: 376, height: 844 });
    await page.waitForTimeout(500);
    const faults = await page.$$eval('.plot', (plots) =>
      plots.flatMap((plot) => {
        const frame = plot.getBoundingClientRect();
        const texts = [...plot.querySelectorAll('.annotation-text')].map((text) => ({
          text: text.textContent,
          box: text.getBoundingClientRect(),
        }));
        return texts.flatMap(({ text, box: a }, i) => [
          ...(a.left < frame.left - 1 || a.right > frame.right + 1 ? [`${text} is cut`] : []),
          ...texts.slice(i + 1).flatMap(({ text: other, box: b }) => {
            const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            return width > 1 && height > 3 ? [`${text} over ${other}`] : [];
          }),
        ]);
      }),
    );
    expect(faults).toEqual([]);
  });

  it('can be read without seeing the figures', async () => {
    const labels = await page.$$eval('.plot', (plots) =>
      plots.map((plot) => [plot.getAttribute('role'), plot.getAttribute('aria-label')]),
    );
    expect(labels).toEqual(
      figures.map(({ title, description }) => ['img', `${title}. ${description}`]),
    );
  });
});
