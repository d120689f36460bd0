import { plotlySource } from '../plotly-source';
import { scriptJson } from '../report-script';
import { palettes, template } from '../theme';

/**
 * What a notebook's page runs once: plotly, and `botlabPlots.draw(id, drawing)`, which draws in the
 * colours of the page, light or dark, with a title that breaks into lines on a narrow one. Figures that came to the page before it are drawn then.
 */
export function pageScript(): string {
  // JupyterLab's pages can have AMD's `define`, which plotly's header must not see.
  return `(function (define, module, exports) {${plotlySource()}
;window.Plotly = Plotly;}).call(window);
(() => {
  'use strict';
  const palettes = ${scriptJson(palettes)};
  const template = ${scriptJson(template)};
  const isDark = (element) => {
    const { jpThemeLight, vscodeThemeKind } = document.body.dataset;
    if (jpThemeLight) return jpThemeLight === 'false';
    if (vscodeThemeKind) return /dark|high-contrast$/.test(vscodeThemeKind);
    for (let at = element; at; at = at.parentElement) {
      const [red, green, blue, alpha = 1] = getComputedStyle(at).backgroundColor.match(/[\\d.]+/g).map(Number);
      if (alpha > 0.5) return red + green + blue < 384;
    }
    return false;
  };
  const draw = async (id, drawing) => {
    const element = document.getElementById(id);
    if (!element) return;
    const palette = palettes[isDark(element) ? 'dark' : 'light'];
    const { data, layout } = JSON.parse(JSON.stringify({ ...drawing, layout: { template, ...drawing.layout } }),
      (_, value) => typeof value === 'string' && value.startsWith('theme:') ? palette[value.slice(6)] : value);
    const plot = document.createElement('div');
    element.replaceChildren(plot);
    if (drawing.title) {
      const title = document.createElement('div');
      title.className = 'botlab-title';
      title.textContent = drawing.title;
      title.style.cssText = 'margin: 0 0 8px; font: 600 15px/1.35 ' + template.layout.font.family + '; color: ' + palette.text;
      plot.before(title);
    }
    await Plotly.newPlot(plot, data, layout, { responsive: true, displayModeBar: false, doubleClick: false });
    element.dataset.drawn = 'true';
  };
  const waiting = window.botlabPlots?.waiting ?? [];
  window.botlabPlots = { draw };
  waiting.forEach((figure) => draw(...figure));
})();`;
}
