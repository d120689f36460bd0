import type { Browser } from 'playwright-core';
import { type Complaints, openOnPhone } from '../cli/chromium';

/** What a page of the site did when it was opened. */
export interface OpenedPage extends Complaints {
  readonly plots: number;
  readonly drawn: number;
  readonly formulas: number;
  /** How many slides it has; 0 where it is none of slides. */
  readonly slides: number;
  /** What stayed TeX. */
  readonly badFormulas: string[];
  /** Pixels by which the page is wider than a phone. */
  readonly overflow: number;
  /** Where its links to files lead. */
  readonly links: string[];
}

/** Opens a file at the width of a phone. */
export async function openPage(browser: Browser, path: string): Promise<OpenedPage> {
  const { page, errors, requests } = await openOnPhone(browser, path);
  try {
    await page.locator('html[data-formulas="set"]').waitFor({ state: 'attached' });
    const drawing = page.locator('.botlab-plot:not([data-drawn="true"])');
    // Plots that are never drawn are counted below.
    await drawing
      .first()
      .waitFor({ state: 'detached', timeout: 30_000 })
      .catch(() => undefined);
    return { errors, requests, ...(await page.evaluate(look)) };
  } finally {
    await page.close();
  }
}

/** Runs in the page. */
function look(): Omit<OpenedPage, keyof Complaints> {
  const count = (selector: string) => document.querySelectorAll(selector).length;
  const texts = [...document.querySelectorAll('.jp-RenderedMarkdown, .chapters')].map((text) => {
    const copy = text.cloneNode(true) as Element;
    copy.querySelectorAll('.katex, code, pre').forEach((part) => part.remove());
    return copy.textContent ?? '';
  });
  const { scrollWidth, clientWidth } = document.documentElement;
  return {
    plots: count('.botlab-plot'),
    drawn: count('.botlab-plot[data-drawn="true"]:has(svg)'),
    formulas: count('.katex'),
    slides: Number(document.documentElement.dataset['slides'] ?? 0),
    badFormulas: [
      ...[...document.querySelectorAll('.katex-error')].map(({ textContent }) => textContent ?? ''),
      ...texts.flatMap(
        (text) => text.match(/\$[^$\s][^$]*\$|\$\$|\\(?:frac|begin|sum)\b.*/g) ?? [],
      ),
    ],
    overflow: scrollWidth - clientWidth,
    links: [...document.querySelectorAll('a')]
      .map(({ href }) => href)
      .filter((href) => href.startsWith('file:') && !href.includes('#')),
  };
}
