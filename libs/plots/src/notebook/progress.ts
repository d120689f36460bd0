import { escapeHtml } from '../escape-html';
import { sayIn } from '../language/say';
import { LiveOutput } from './output';

// What a page can follow; each redrawing is a message.
const pauseMs = 100;

/**
 * Displays a progress bar in the cell that is running, and returns what moves it: how many of
 * `total` are done, and a word on it.
 *
 * @throws InputError outside a notebook
 */
export function progress(total: number, label = ''): (done: number, note?: string) => void {
  const output = new LiveOutput();
  let last = -Infinity;
  const draw = (done: number, note = '') => {
    const now = performance.now();
    if (now - last < pauseMs && done < total) return;
    last = now;
    const share = total > 0 ? Math.round((100 * done) / total) : 100;
    const words = [label, sayIn()('{done} of {total}', { done, total }), note]
      .filter(Boolean)
      .join(' · ');
    output.set({
      'text/html':
        `<progress max="${total}" value="${done}" aria-label="${escapeHtml(label)}"></progress> ` +
        `${escapeHtml(words)}`,
      'text/plain': `${words} (${share} %)`,
    });
  };
  draw(0);
  return draw;
}

/**
 * What displays a progress bar with the first report that it gets: for an `onProgress`, which is told how much is done and
 * how much there is. Another total is another bar.
 *
 * @throws InputError, with that report, outside a notebook
 */
export function follow(label = ''): (done: number, total: number) => void {
  let bar: { readonly total: number; readonly draw: ReturnType<typeof progress> } | undefined;
  return (done, total) => {
    if (bar?.total !== total) bar = { total, draw: progress(total, label) };
    bar.draw(done);
  };
}
