import { palettes, template } from './theme';

/** JSON that can stand in a script element. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/**
 * What the report's page runs: draws the figures with the colours of the reader's scheme, again
 * when that changes, and marks each with `data-drawn` when it is there.
 */
export const reportScript = `
'use strict';
const palettes = ${scriptJson(palettes)};
const template = ${scriptJson(JSON.stringify(template))};
const dark = matchMedia('(prefers-color-scheme: dark)');
const draw = async (plot) => {
  const palette = palettes[dark.matches ? 'dark' : 'light'];
  const read = (json) => JSON.parse(json, (_, value) =>
    typeof value === 'string' && value.startsWith('theme:') ? palette[value.slice(6)] : value);
  const { data, layout } = read(plot.nextElementSibling.textContent);
  await Plotly.react(plot, data, { ...layout, template: read(template) },
    { responsive: true, displayModeBar: false, doubleClick: false });
  plot.dataset.drawn = 'true';
};
const drawAll = () => document.querySelectorAll('.plot').forEach(draw);
dark.addEventListener('change', drawAll);
drawAll();
`;
