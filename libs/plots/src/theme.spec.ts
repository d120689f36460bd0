import { exampleFigures } from './example-figures';
import * as room from './index';
import { palettes, themed } from './index';

const all = Object.values(exampleFigures).flat();

describe('themed', () => {
  it('leaves no colour a name, and differs between light and dark', () => {
    for (const figure of all) {
      const light = JSON.stringify(themed(figure, 'light'));
      expect(light).not.toContain('theme:');
      expect(light).toContain(palettes.light.text);
      expect(JSON.stringify(themed(figure, 'dark'))).not.toBe(light);
    }
  });

  it('knows every colour that a figure names', () => {
    const names = JSON.stringify(all).match(/(?<=theme:)\w+/g)!;
    expect(new Set(names).size).toBeGreaterThan(15);
    names.forEach((name) => expect(palettes.light).toHaveProperty(name));
  });

  it('has the title in the figure, for a notebook, and leaves the figure as it was', () => {
    const [figure] = exampleFigures.classDistribution!;
    const before = JSON.stringify(figure);
    expect(themed(figure!, 'dark').layout.title).toMatchObject({ text: figure!.title });
    expect(JSON.stringify(figure)).toBe(before);
  });
});

describe('every figure', () => {
  it('has an example', () => {
    const displays = ['show', 'loadPlotly', 'liveCurves', 'follow', 'progress', 'table', 'html'];
    const words = ['setLanguage', 'caption', 'nBaIoTDevices'];
    const others = ['htmlReport', 'palettes', 'figureSvg', 'themed', ...words, ...displays];
    const figures = Object.keys(room).filter((name) => !others.includes(name));
    expect(Object.keys(exampleFigures).sort()).toEqual(figures.sort());
  });

  it.each(all.map((figure) => [figure.title, figure] as const))(
    '%s: titles every axis that is seen, says what it shows, and paints no background',
    (_, { layout, description }) => {
      const axes = Object.entries(layout).filter(([key]) => /^[xy]axis\d?$/.test(key));
      expect(axes.length).toBeGreaterThan(1);
      axes.forEach(([, axis]) =>
        expect(axis).toMatchObject(
          (axis as { visible?: boolean }).visible === false
            ? { visible: false }
            : { title: { text: expect.stringMatching(/\w/) as string } },
        ),
      );
      expect(description).toMatch(/\w/);
      expect(layout).not.toHaveProperty('paper_bgcolor');
      expect(layout).not.toHaveProperty('plot_bgcolor');
    },
  );

  it('is tellable apart in every series colour, on either page', () => {
    for (const palette of [palettes.light, palettes.dark]) {
      const series = Object.entries(palette).filter(([name]) => name.startsWith('series'));
      expect(series).toHaveLength(7);
      series.forEach(([, colour]) =>
        expect(contrast(colour, palette.paper)).toBeGreaterThanOrEqual(3),
      );
      expect(contrast(palette.text, palette.paper)).toBeGreaterThanOrEqual(7);
      expect(contrast(palette.muted, palette.paper)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

/** Contrast ratio of two colours (WCAG 2.1); 3 is asked of lines, 4.5 of text. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
      const value = parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16) / 255;
      return sum + weight * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    }, 0);
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}
