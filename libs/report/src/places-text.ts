import type { KeptResults } from './keep-results';
import type { Report } from './write-report';

/**
 * Where the files of a report are, a line each.
 *
 * @param kept what was written beside it of what is worth keeping
 * @param others how many runs the report has beyond those that were asked for
 */
export function placesText(
  { html, json, markdown }: Pick<Report, 'html' | 'json' | 'markdown'>,
  kept?: KeptResults,
  others = 0,
): string {
  const more =
    others > 0 ? ` (with ${others} more run${others > 1 ? 's' : ''} of this experiment)` : '';
  return [
    `Report: ${html}${more}`,
    `Table:  ${json}, ${markdown}`,
    ...(kept === undefined ? [] : [`Kept:   ${kept.json}, ${kept.markdown}, ${kept.svg}`]),
  ].join('\n');
}
