import { JSDOM } from 'jsdom';
import { exampleFigures } from '../example-figures';
import { themed } from '../theme';
import { stillImage } from './still-image';

const figures = Object.values(exampleFigures).flat();

it.each(figures.map((figure) => [figure.title, figure] as const))(
  'draws %s as an SVG image that stands alone',
  (title, figure) => {
    const svg = stillImage(themed(figure, 'light'), 700);
    const { document } = new JSDOM(svg, { contentType: 'image/svg+xml' }).window;
    const { tagName, namespaceURI } = document.documentElement;
    expect([tagName, namespaceURI]).toEqual(['svg', 'http://www.w3.org/2000/svg']);
    expect(document.documentElement.getAttribute('width')).toBe('700');
    expect(document.querySelector('.gtitle')!.textContent).toBe(title);
    // Its first line is within the image, also where it has several.
    const line = document.querySelector('.gtitle tspan');
    expect(Number(line?.getAttribute('y') ?? 12)).toBeGreaterThanOrEqual(12);
    // The title is not pushed off the page, as a colour bar can do.
    expect(document.querySelector('.gtitle')!.getAttribute('transform')).toBeNull();
    expect(svg).not.toMatch(/theme:|TOBESTRIPPED|https?:\/\/(?!www\.w3\.org)/);
  },
);

it('is the same for the same drawing', () => {
  const drawing = themed(exampleFigures.heatmap![0]!, 'light');
  const images = [700, 600, 700].map((width) => stillImage(structuredClone(drawing), width));
  expect(images[2]).toBe(images[0]);
  expect(images[1]).not.toBe(images[0]);
});

it('paints the cells of a heatmap', () => {
  const [, big] = exampleFigures.heatmap!;
  const svg = stillImage(themed(big!, 'light'), 700);
  expect(svg).toMatch(/<image [^>]*href="data:image\/png;base64,/);
});

it('leaves the title of every axis within the image', () => {
  const [figure] = exampleFigures.lineChart!;
  const svg = stillImage(themed(figure!, 'light'), 700);
  const { document } = new JSDOM(svg, { contentType: 'image/svg+xml' }).window;
  const height = Number(document.documentElement.getAttribute('height'));
  const y = Number(document.querySelector('.xtitle')!.getAttribute('y'));
  expect(y).toBeGreaterThan(0.5 * height);
  expect(y).toBeLessThan(height);
});
