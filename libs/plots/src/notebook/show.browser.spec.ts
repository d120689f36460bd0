import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { inChromium, launch } from '../chromium.fixture.spec';
import { exampleFigures } from '../example-figures';
import { loadPlotly, palettes, show } from '../index';
import type { Bundle } from './output';

/** What the cells of a notebook with two figures leave in its page. */
function outputs(): string[] {
  const html: string[] = [];
  const jupyter = createRequire(__filename)('tslab/dist/jupyter') as {
    lastWriteDisplayData: ((content: { data: Bundle }) => void) | null;
  };
  jupyter.lastWriteDisplayData = ({ data }) => html.push(data['text/html']!);
  loadPlotly();
  show(exampleFigures.trainingCurves![0]!);
  const confusion = exampleFigures.confusionHeatmap![0]!;
  show({ ...confusion, title: `${confusion.title}: what each true class was taken for` });
  jupyter.lastWriteDisplayData = null;
  return html;
}

inChromium.describe('figures of a notebook in a browser', () => {
  const [plotly, ...figures] = outputs();
  const complaints: string[] = [];
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  /** A page that has what the cells left, in that order. */
  async function open(
    cells: readonly string[],
    { body = '', javaScriptEnabled = true } = {},
  ): Promise<Page> {
    const page = await browser.newPage({ javaScriptEnabled });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.setContent(`<!doctype html><body ${body}>${cells.join('')}</body>`);
    return page;
  }
  const drawn = (page: Page) =>
    page.waitForFunction(() => document.querySelectorAll('.botlab-plot[data-drawn]').length === 2);

  it.each([
    ['after', [plotly!, ...figures]],
    ['before', [...figures, plotly!]],
  ])('are drawn where they come %s plotly', async (_, cells) => {
    const page = await open(cells);
    await drawn(page);
    expect(await page.$$eval('.botlab-plot svg.main-svg', (all) => all.length)).toBeGreaterThan(1);
    expect(await page.$$('.botlab-plot img')).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it.each([
    ['light', ''],
    ['dark', 'style="background:#111"'],
    ['dark', 'data-jp-theme-light="false"'],
    ['light', 'data-jp-theme-light="true" style="background:#111"'],
    ['dark', 'class="vscode-body" data-vscode-theme-kind="vscode-dark"'],
  ] as const)('wear the colours of a %s page, %j', async (scheme, body) => {
    const page = await open([plotly!, ...figures], { body });
    await drawn(page);
    const colours = await page.$$eval('.botlab-title', (titles) =>
      titles.map((title) => getComputedStyle(title).color),
    );
    const hex = palettes[scheme].text;
    const rgb = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(', ');
    expect(colours).toEqual([`rgb(${rgb})`, `rgb(${rgb})`]);
  });

  it('break a long title on a phone', async () => {
    const page = await open([plotly!, ...figures]);
    await page.setViewportSize({ width: 390, height: 844 });
    await drawn(page);
    const titles = await page.$$eval('.botlab-title', (all) =>
      all.map((title) => {
        const range = document.createRange();
        range.selectNodeContents(title);
        const { right, height } = range.getBoundingClientRect();
        return { right, height };
      }),
    );
    // The second is longer than a line.
    expect(titles[1]!.height).toBeGreaterThan(1.5 * titles[0]!.height);
    for (const { right } of titles) expect(right).toBeLessThanOrEqual(390);
  });

  it('are images where no script runs', async () => {
    const page = await open([plotly!, ...figures], { javaScriptEnabled: false });
    const images = page.locator('.botlab-plot img');
    expect(await images.count()).toBe(2);
    const box = await images.first().boundingBox();
    expect(box!.width).toBeGreaterThan(500);
    expect(await images.first().getAttribute('alt')).toContain('Accuracy and loss while training.');
  });
});
