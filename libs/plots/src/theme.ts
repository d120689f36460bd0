import type { Data, Layout } from 'plotly.js-dist-min';
import { label, type Figure } from './figure';
import { brokenLines } from './text-width';

/** The page that a figure is drawn on. */
export type Scheme = 'light' | 'dark';

/**
 * The colours that figures name, `theme:` before the key. Lines and bars are Okabe and Ito's
 * colour-blind-safe ones (2008), lightened on dark; `scale` goes from no rows to all rows.
 */
export const palettes = {
  light: {
    paper: '#ffffff',
    text: '#1c2330',
    muted: '#5b6573',
    grid: '#e3e6ea',
    line: '#8c95a1',
    group: '#f4f6f8',
    groupEdge: '#d9dee4',
    series0: '#0072b2',
    series1: '#d55e00',
    series2: '#009e73',
    series3: '#b0528c',
    series4: '#24292f',
    series5: '#2f96cf',
    series6: '#6b7280',
    quiet: '#c3ccd6',
    scale0: '#f1f4f7',
    scale1: '#b7d4ea',
    scale2: '#0a4f80',
    input: '#ffffff',
    conv: '#d3e7f5',
    recurrent: '#fbdcc4',
    norm: '#e9ecf0',
    join: '#ecd9e7',
    activation: '#d0eee3',
    pool: '#faebc4',
    dense: '#dcdcf5',
    other: '#eef0f2',
    convEdge: '#0072b2',
    recurrentEdge: '#d55e00',
    normEdge: '#8c95a1',
    joinEdge: '#b0528c',
    activationEdge: '#009e73',
    poolEdge: '#b57900',
    denseEdge: '#5a5ab8',
    inputEdge: '#5b6573',
    otherEdge: '#8c95a1',
  },
  dark: {
    paper: '#14181f',
    text: '#e4e8ee',
    muted: '#9aa5b3',
    grid: '#2b323d',
    line: '#6d7888',
    group: '#1a202a',
    groupEdge: '#303947',
    series0: '#4da8e6',
    series1: '#f58a4b',
    series2: '#35c49b',
    series3: '#de93c1',
    series4: '#f0f3f6',
    series5: '#9bd3f5',
    series6: '#a3adba',
    quiet: '#4a5666',
    scale0: '#1a202a',
    scale1: '#2a5f88',
    scale2: '#a8dcff',
    input: '#1c232d',
    conv: '#16364d',
    recurrent: '#4a2c18',
    norm: '#2a323d',
    join: '#42293a',
    activation: '#16402f',
    pool: '#443615',
    dense: '#2d2d52',
    other: '#262e38',
    convEdge: '#4da8e6',
    recurrentEdge: '#f58a4b',
    normEdge: '#6d7888',
    joinEdge: '#de93c1',
    activationEdge: '#35c49b',
    poolEdge: '#eab54d',
    denseEdge: '#9d9df0',
    inputEdge: '#9aa5b3',
    otherEdge: '#6d7888',
  },
} as const satisfies Record<Scheme, Record<string, string>>;

/** The name of a colour, as figures write it. */
export type Ink = `theme:${keyof (typeof palettes)['light']}`;

/** The colour of the nth of several series, from 0; after the seventh they start again. */
export function seriesInk(n: number): Ink {
  const inks = [0, 1, 2, 3, 4, 5, 6] as const;
  return `theme:series${inks[n % inks.length]!}`;
}

/**
 * The fonts of figures and pages: the system's own, then those of Chinese on Apple's systems, Windows, Linux and
 * Android; a browser takes a character from the first that has it. No quotation marks: plotly's images would keep a
 * placeholder for them.
 */
export const fonts =
  'system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, PingFang SC, Microsoft YaHei, ' +
  'Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, WenQuanYi Micro Hei, sans-serif';

/** What every figure has in common, as a plotly template whose colours are still names. */
export const template: { layout: Partial<Layout> } = (() => {
  const axis = {
    automargin: true,
    fixedrange: true,
    gridcolor: 'theme:grid',
    linecolor: 'theme:line',
    zerolinecolor: 'theme:grid',
    tickcolor: 'theme:line',
    title: { standoff: 10 },
  };
  return {
    layout: {
      font: {
        family: fonts,
        size: 12,
        color: 'theme:text',
      },
      paper_bgcolor: 'rgba(0,0,0,0)',
      plot_bgcolor: 'rgba(0,0,0,0)',
      colorway: [0, 1, 2, 3, 4, 5, 6].map(seriesInk),
      hoverlabel: { bgcolor: 'theme:paper', bordercolor: 'theme:line', align: 'left' },
      margin: { l: 8, r: 8, t: 8, b: 8 },
      dragmode: false,
      legend: {
        orientation: 'h',
        xref: 'container',
        x: 0,
        xanchor: 'left',
        yref: 'container',
        y: 0,
      },
      xaxis: axis,
      yaxis: { ...axis, ticklabelstandoff: 4 },
    },
  };
})();

/** What `Plotly.newPlot` takes. */
export interface Drawing {
  data: Data[];
  layout: Partial<Layout>;
}

// Of a title in a drawing, in pixels: letters, lines, and how wide it may be where the figure does not say.
const lettering = { size: 17, line: 22, width: 760 };

/** The figure as a drawing with its title and the template; the colours are still names. */
export function titled({ title, data, layout, maxWidth = lettering.width }: Figure): Drawing {
  const lines = brokenLines(title, (maxWidth - 16) / lettering.size);
  // Above the plot the title needs a line of its own, and one more where a colour bar has its title there.
  const own = data.some((trace) => 'colorbar' in trace) ? 74 : 40;
  const room = own + (lines.length - 1) * lettering.line;
  return {
    data,
    layout: {
      ...layout,
      template,
      title: {
        text: lines.map(label).join('<br>'),
        font: { size: lettering.size },
        // Plotly sets the first of several lines on its base line, which one line alone hangs from.
        ...{ pad: { l: 8, t: lines.length > 1 ? 0.7 * lettering.size : 0 } },
        ...{ x: 0, xref: 'container', xanchor: 'left' },
        ...{ yref: 'container', y: 0.99, yanchor: 'top' },
      },
      margin: { ...template.layout.margin, ...layout.margin, t: (layout.margin?.t ?? 8) + room },
      ...(layout.height && { height: layout.height + room }),
    },
  };
}

/** A copy of the drawing in which each name of a colour is the colour itself. */
export function coloured(drawing: Drawing, scheme: Scheme): Drawing {
  return JSON.parse(JSON.stringify(drawing), (_, value: unknown) =>
    typeof value === 'string' && value.startsWith('theme:')
      ? palettes[scheme][value.slice(6) as keyof (typeof palettes)['light']]
      : value,
  ) as Drawing;
}

/**
 * A copy of the figure for one scheme, with its title and all colours, ready for `Plotly.newPlot`.
 */
export function themed(figure: Figure, scheme: Scheme): Drawing {
  return coloured(titled(figure), scheme);
}
