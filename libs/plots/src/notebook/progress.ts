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
