import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { listModels } from '@botlab/models';
import type { Browser } from 'playwright-core';
import { skipIf, slow } from '../../tools/testing/skip-if';
import { temporaryFolder, type Finished } from '../cli/botlab';
import { noChromium, openOnPhone, openReport, startChromium } from '../cli/chromium';
import { chapters, chinese, solutions } from './notebook';
import { noKernel } from './notebook-python';
import { openPage } from './page';
import { tool } from './tool';

interface Result {
  readonly name: string;
  readonly ok: boolean;
  readonly error: string | null;
}

const names = [...chapters, ...chinese, ...solutions];
/** A short one shows that notebooks run here. */
const executed = slow === undefined ? names : ['02-conv'];
const left = names.filter((name) => !executed.includes(name));
const site = join(temporaryFolder(), 'site');
const index = join(site, 'index.html');
const pageOf = (name: string): string => join(site, `${name}.html`);
const slidesOf = (name: string): string => pageOf(`slides/${name}`);
/** Each file of results/ has a page. */
const resultsFolder = join(__dirname, '..', '..', 'results');
const results = (existsSync(resultsFolder) ? readdirSync(resultsFolder) : [])
  .filter((file) => file.endsWith('.md') && file !== 'README.md')
  .map((file) => `results/${file.replace(/\.md$/, '')}`);
const lectured = executed.filter((name) => !solutions.includes(name));

skipIf(noKernel).describe('notebooks, executed and rendered', () => {
  let finished: Finished;
  let ran: ReadonlyMap<string, Result>;

  beforeAll(() => {
    finished = tool('notebooks/render.mjs', ['--json', '--out', site, ...executed]);
    const lines = finished.stdout.split('\n').filter(Boolean);
    const parsed = lines.map((line) => JSON.parse(line) as Result);
    ran = new Map(parsed.map((result) => [result.name, result]));
  }, 7_200_000);
  afterAll(() => rmSync(dirname(site), { recursive: true, force: true }));

  for (const name of left) skipIf(slow).it(`${name} runs to its end`, () => undefined);
  it.each(executed)('%s runs to its end', (name) => {
    const result = ran.get(name);
    if (result === undefined) throw new Error(`there is no result of it: ${finished.stderr}`);
    if (!result.ok) throw new Error(result.error!);
  });

  skipIf(noChromium).describe('their pages', () => {
    let browser: Browser;
    beforeAll(async () => {
      if (!existsSync(index)) throw new Error(`no site was written: ${finished.stderr}`);
      browser = await startChromium();
    });
    afterAll(() => browser?.close());

    it.each(executed)('%s is whole on a phone, without a network', async (name) => {
      const page = await openPage(browser, pageOf(name));
      expect(page.errors).toEqual([]);
      expect(page.requests).toEqual([]);
      expect(page.drawn).toBe(page.plots);
      expect(page.badFormulas).toEqual([]);
      expect(page.overflow).toBeLessThanOrEqual(0);
      expect(page.links.filter((link) => !isThere(link))).toEqual([]);
    });
    it.each(lectured)('%s has slides, of which nothing is asked of a network', async (name) => {
      const page = await openPage(browser, slidesOf(name));
      expect(page).toMatchObject({ errors: [], requests: [], badFormulas: [] });
      expect(page.slides).toBeGreaterThan(10);
      expect(page.links.filter((link) => !isThere(link))).toEqual([]);
    });
    it('draws plots and sets formulas, so that there is something to look at', async () => {
      const pages = [];
      for (const name of lectured) pages.push(await openPage(browser, pageOf(name)));
      expect(pages.filter(({ plots }) => plots > 0).length).toBeGreaterThan(pages.length / 2);
      expect(pages.some(({ formulas }) => formulas > 0)).toBe(true);
    });
    it('has plotly once', () => {
      const assets = join(site, 'assets');
      const large = readdirSync(assets).filter((file) => statSync(join(assets, file)).size > 2e6);
      expect(large).toHaveLength(1);
      const plotly = `assets/${large[0]}`;
      const using = [...executed, 'models'].filter((name) =>
        readFileSync(pageOf(name), 'utf8').includes(plotly),
      );
      expect(using.length).toBeGreaterThan(executed.length / 2);
    });
    for (const name of executed.filter((name) => executed.includes(`zh/${name}`))) {
      it(`${name} and its translation lead to each other`, async () => {
        const both = [pageOf(name), pageOf(`zh/${name}`)].map((file) => pathToFileURL(file).href);
        for (const at of both) {
          const { links } = await openPage(browser, fileURLToPath(at));
          expect(links).toEqual(expect.arrayContaining(both.filter((other) => other !== at)));
        }
      });
    }
    it('has a page for each of the results, whole on a phone, with its picture', async () => {
      for (const name of results) {
        const { page, errors, requests } = await openOnPhone(browser, pageOf(name));
        const wide = await page.evaluate(() => ({
          overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          pictures: [...document.images].map(({ naturalWidth }) => naturalWidth > 0),
        }));
        expect({ name, errors, requests, ...wide }).toEqual({
          ...{ name, errors: [], requests: [], overflow: 0 },
          pictures: existsSync(join(resultsFolder, '..', `${name}.svg`)) ? [true] : [],
        });
        await page.close();
      }
    });
    it('has a page that draws each network', async () => {
      const page = await openReport(pageOf('models'));
      expect(page).toMatchObject({ errors: [], requests: [] });
      expect(page.figures).toBe(listModels().length);
      expect(page.drawn).toBe(page.figures);
      expect(page.overflow).toBeLessThanOrEqual(0);
    });
    it('has an index that leads to each', async () => {
      const page = await openPage(browser, index);
      expect(page).toMatchObject({ errors: [], requests: [], badFormulas: [] });
      expect(page.overflow).toBeLessThanOrEqual(0);
      expect(page.links.filter((link) => !isThere(link))).toEqual([]);
      const lead = page.links.map((link) => fileURLToPath(link));
      const there = [...executed, ...results, 'models'].map(pageOf);
      expect(lead.sort()).toEqual([...there, ...lectured.map(slidesOf)].sort());
    });
  });
});

/** Whether a link leads to a file of the site. */
function isThere(link: string): boolean {
  const { href } = pathToFileURL(site);
  return link.startsWith(`${href}/`) && existsSync(fileURLToPath(link.split('#')[0]!));
}
