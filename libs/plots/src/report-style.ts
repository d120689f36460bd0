import { fonts, palettes, type Scheme } from './theme';

function variables(scheme: Scheme): string {
  const { paper, text, muted, grid, group, series0, series1 } = palettes[scheme];
  return `--paper: ${paper}; --text: ${text}; --muted: ${muted}; --rule: ${grid}; --shade: ${group}; --accent: ${series0}; --notice: ${series1};`;
}

/** The report's style sheet: system fonts, a page that follows the reader's light or dark. */
export const reportStyle = `
:root { color-scheme: light dark; ${variables('light')} }
@media (prefers-color-scheme: dark) { :root { ${variables('dark')} } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 2.5rem 1rem 4rem; max-width: 56rem;
  background: var(--paper); color: var(--text);
  font: 1rem/1.55 ${fonts};
  overflow-wrap: break-word;
}
h1 { font-size: 1.9rem; line-height: 1.2; font-weight: 650; letter-spacing: -0.015em; margin: 0; text-wrap: balance; }
h2 { font-size: 1.25rem; line-height: 1.3; font-weight: 620; margin: 3rem 0 0.75rem; padding-top: 1rem; border-top: 1px solid var(--rule); }
p { margin: 0.75rem 0; max-width: 42rem; }
.subtitle { color: var(--muted); font-size: 1.1rem; margin: 0.4rem 0 0; }
.generated { color: var(--muted); font-size: 0.85rem; margin: 0.4rem 0 0; }
.notice { border-left: 3px solid var(--notice); background: var(--shade); padding: 0.6rem 0.9rem; margin: 1rem 0 0; border-radius: 0 4px 4px 0; }
.scroll { overflow-x: auto; margin: 1.25rem 0; }
.scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums lining-nums; min-width: min(100%, 24rem); }
caption { text-align: left; font-weight: 600; padding-bottom: 0.5rem; }
th, td { padding: 0.35rem 0.7rem; text-align: left; white-space: nowrap; font-weight: 400; }
th:first-child, td:first-child { padding-left: 0.4rem; }
.number { text-align: right; }
thead th { color: var(--muted); font-weight: 550; border-bottom: 1.5px solid var(--text); border-top: 1.5px solid var(--text); }
tbody tr + tr > * { border-top: 1px solid var(--rule); }
tbody tr:last-child > * { border-bottom: 1.5px solid var(--text); }
.emphasis > * { font-weight: 650; background: var(--shade); }
figure { margin: 1.75rem 0; }
figcaption { font-weight: 600; margin-bottom: 0.5rem; }
.plot { width: 100%; min-width: 0; }
@media print { body { max-width: none; padding: 0; } figure, table { break-inside: avoid; } }
`;
