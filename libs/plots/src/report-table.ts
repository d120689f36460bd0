import { escapeHtml } from './escape-html';

/** A table of a report; all text is plain. */
export interface ReportTable {
  columns: readonly string[];
  /** `[rows][columns]`; numbers are written with at most four decimals (small ones with two digits), strings as they are. */
  rows: readonly (readonly (string | number)[])[];
  caption?: string;
  /** Indices of the rows that stand out. */
  emphasise?: readonly number[];
}

const inline = {
  number: 'text-align:right',
  text: 'text-align:left',
  emphasis: 'font-weight:bold',
  scroll: 'overflow-x:auto',
};
const blank = /^[–—-]?$/;
const numeric = /^[<>≈±+−-]?\s*[\d.,]+(\s*[±×]\s*[\d.,]+)?\s*(%|s|ms|min|h|[kMG]B)?$/;

/**
 * The table as HTML, in a container that scrolls sideways by itself. Columns of numbers are aligned
 * right; the first cell of a row is its heading.
 *
 * @param styles where its looks come from: the report's style sheet by `class`, or `inline`, for pages
 *   that are not ours
 */
export function reportTable(table: ReportTable, styles: 'class' | 'inline' = 'class'): string {
  const look = (name: 'number' | 'text' | 'emphasis' | 'scroll') =>
    styles === 'inline' ? ` style="${inline[name]}"` : name === 'text' ? '' : ` class="${name}"`;
  const isNumeric = table.columns.map((_, c) => {
    const cells = table.rows.map((row) => row[c] ?? '').filter((cell) => !blank.test(`${cell}`));
    return (
      cells.length > 0 && cells.every((cell) => typeof cell === 'number' || numeric.test(cell))
    );
  });
  const lookOf = (c: number) => look(isNumeric[c] ? 'number' : 'text');
  const head = table.columns
    .map((name, c) => `<th scope="col"${lookOf(c)}>${escapeHtml(name)}</th>`)
    .join('');
  const body = table.rows.map((row, r) => {
    const cells = table.columns.map((_, c) => {
      const text = escapeHtml(written(row[c] ?? ''));
      return c === 0 ? `<th scope="row"${lookOf(c)}>${text}</th>` : `<td${lookOf(c)}>${text}</td>`;
    });
    return `<tr${table.emphasise?.includes(r) ? look('emphasis') : ''}>${cells.join('')}</tr>`;
  });
  const caption = table.caption ? `<caption>${escapeHtml(table.caption)}</caption>` : '';
  return `<div${look('scroll')} role="region" tabindex="0" aria-label="${escapeHtml(table.caption ?? table.columns.join(', '))}">
<table>${caption}
<thead><tr>${head}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table>
</div>`;
}

function written(cell: string | number): string {
  if (typeof cell === 'string') return cell;
  // Four decimals would leave nothing of it.
  if (cell !== 0 && Math.abs(cell) < 0.0005) return cell.toPrecision(2);
  return cell.toLocaleString('en', { maximumFractionDigits: 4 });
}
