import { escapeHtml } from './escape-html';

/** A table of a report; all text is plain. */
export interface ReportTable {
  columns: readonly string[];
  /** `[rows][columns]`; numbers are written with at most four decimals, strings as they are. */
  rows: readonly (readonly (string | number)[])[];
  caption?: string;
  /** Indices of the rows that stand out. */
  emphasise?: readonly number[];
}

const blank = /^[–—-]?$/;
const numeric = /^[<>≈±+−-]?\s*[\d.,]+(\s*[±×]\s*[\d.,]+)?\s*(%|s|ms|min|h|[kMG]B)?$/;

/**
 * The table as HTML, in a container that scrolls sideways by itself. Columns of numbers are aligned
 * right; the first cell of a row is its heading.
 */
export function reportTable(table: ReportTable): string {
  const isNumeric = table.columns.map((_, c) => {
    const cells = table.rows.map((row) => row[c] ?? '').filter((cell) => !blank.test(`${cell}`));
    return (
      cells.length > 0 && cells.every((cell) => typeof cell === 'number' || numeric.test(cell))
    );
  });
  const classOf = (c: number) => (isNumeric[c] ? ' class="number"' : '');
  const head = table.columns
    .map((name, c) => `<th scope="col"${classOf(c)}>${escapeHtml(name)}</th>`)
    .join('');
  const body = table.rows.map((row, r) => {
    const cells = table.columns.map((_, c) => {
      const text = escapeHtml(written(row[c] ?? ''));
      return c === 0
        ? `<th scope="row"${classOf(c)}>${text}</th>`
        : `<td${classOf(c)}>${text}</td>`;
    });
    return `<tr${table.emphasise?.includes(r) ? ' class="emphasis"' : ''}>${cells.join('')}</tr>`;
  });
  const caption = table.caption ? `<caption>${escapeHtml(table.caption)}</caption>` : '';
  return `<div class="scroll" role="region" tabindex="0" aria-label="${escapeHtml(table.caption ?? table.columns.join(', '))}">
<table>${caption}
<thead><tr>${head}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table>
</div>`;
}

function written(cell: string | number): string {
  return typeof cell === 'string' ? cell : cell.toLocaleString('en', { maximumFractionDigits: 4 });
}
