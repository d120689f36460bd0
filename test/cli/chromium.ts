import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

/** What a report did when it was opened. */
export interface OpenedReport extends Complaints {
  readonly figures: number;
  readonly drawn: number;
  /** Pixels by which the page is wider than a phone. */
  readonly overflow: number;
}

function find(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  for (const name of [process.env['CHROMIUM'], ...names]) {
    if (name === undefined) continue;
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch {
      continue;
    }
  }
  return undefined;
}

const executablePath = find();

/** Why nothing can be looked at in a browser; undefined where it can. */
export const noChromium =
  executablePath === undefined ? 'it needs Chromium on the PATH' : undefined;

/** Starts a headless Chromium. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: executablePath!,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'].concat(
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ),
  });
}

/** What a page complains of, and asks the network for, from when it is opened on. */
export interface Complaints {
  readonly errors: string[];
  /** Requests that left the page. */
  readonly requests: string[];
}

/** Opens a file at the width of a phone. */
export async function openOnPhone(
  browser: Browser,
  path: string,
): Promise<Complaints & { readonly page: Page }> {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  const errors: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) requests.push(request.url());
  });
  await page.goto(pathToFileURL(path).href);
  return { page, errors, requests };
}

/** Opens a file in headless Chromium at the width of a phone. */
export async function openReport(path: string): Promise<OpenedReport> {
  const browser = await startChromium();
  try {
    const { page, errors, requests } = await openOnPhone(browser, path);
    const figures = await page.locator('figure .plot').count();
    await page.waitForFunction(
      (count) => document.querySelectorAll('[data-drawn="true"]').length === count,
      figures,
    );
    const drawn = await page.locator('[data-drawn="true"]:has(svg)').count();
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    return { errors, requests, figures, drawn, overflow };
  } finally {
    await browser.close();
  }
}
