import { escapeHtml } from '../escape-html';
import { display } from './output';

/**
 * Displays HTML in the cell that is running; values in it are escaped, so that they show as they are.
 *
 *     html`<p>The loss is <b>${loss.toFixed(3)}</b>.</p>`;
 */
export function html(parts: TemplateStringsArray, ...values: readonly unknown[]): void {
  const filled = (form: (part: string) => string, value: (text: string) => string) =>
    parts.map((part, i) => (i === 0 ? '' : value(String(values[i - 1]))) + form(part)).join('');
  display({
    'text/html': filled((part) => part, escapeHtml),
    'text/plain': filled(
      (part) => part.replace(/<[^>]*>/g, ''),
      (text) => text,
    ),
  });
}
