import { escapeHtml } from './escape-html';
import type { Figure } from './figure';
import { currentLanguage, type Language } from './language/language';
import { sayIn } from './language/say';
import { plotlySource } from './plotly-source';
import { reportScript, scriptJson } from './report-script';
import { reportStyle } from './report-style';
import { reportTable, type ReportTable } from './report-table';

/** A part of a report under its own heading; text first, then the table, then the figures. */
export interface ReportSection {
  heading: string;
  /** Plain text; an empty line begins a new paragraph. */
  text?: string;
  table?: ReportTable;
  figures?: readonly Figure[];
}

/** All that a report says; every text is plain. */
export interface Report {
  title: string;
  subtitle?: string;
  /** What a reader must know before believing a number, such as "Synthetic data". */
  notices: readonly string[];
  sections: readonly ReportSection[];
  /** When the report was made; a string is ISO 8601. */
  generated: Date | string;
  /** Of the page; without it, that of `setLanguage`. */
  language?: Language;
}

// Browsers choose the shapes of Chinese characters by it.
const pageLanguage = { en: 'en', zh: 'zh-Hans' } as const;

/**
 * The report as one HTML file that needs nothing else: no network, plotly inlined once. It follows
 * the reader's light or dark scheme and fits a phone.
 *
 * @throws RangeError when `generated` is no date
 */
export function htmlReport(report: Report): string {
  const generated = new Date(report.generated).toISOString();
  const { language = currentLanguage() } = report;
  const time = `<time datetime="${generated}">${generated.slice(0, 16).replace('T', ' ')} UTC</time>`;
  const hasFigures = report.sections.some(({ figures }) => figures && figures.length > 0);
  const scripts = hasFigures
    ? `<script>${plotlySource()}</script>\n<script>${reportScript}</script>`
    : '';
  return `<!doctype html>
<html lang="${pageLanguage[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escapeHtml(report.title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<header>
<h1>${escapeHtml(report.title)}</h1>
${report.subtitle ? `<p class="subtitle">${escapeHtml(report.subtitle)}</p>` : ''}
<p class="generated">${sayIn(language)('Generated {time}', { time })}</p>
${report.notices.map((notice) => `<p class="notice" role="note">${escapeHtml(notice)}</p>`).join('\n')}
</header>
<main>
${report.sections.map(section).join('\n')}
</main>
${scripts}
</body>
</html>
`;
}

function section({ heading, text, table, figures = [] }: ReportSection): string {
  const paragraphs = (text ?? '').split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
  return `<section>
<h2>${escapeHtml(heading)}</h2>
${paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph.trim())}</p>`).join('\n')}
${table ? reportTable(table) : ''}
${figures.map(figure).join('\n')}
</section>`;
}

function figure({ title, description, data, layout, maxWidth }: Figure): string {
  // The height is reserved before the figure is drawn, so that the page does not jump.
  const size = `min-height:${layout.height ?? 450}px${maxWidth ? `;max-width:${maxWidth}px` : ''}`;
  return `<figure>
<figcaption>${escapeHtml(title)}</figcaption>
<div class="plot" role="img" aria-label="${escapeHtml(`${title}. ${description}`)}" style="${size}"></div>
<script type="application/json">${scriptJson({ data, layout })}</script>
</figure>`;
}
