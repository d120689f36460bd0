import { JSDOM } from 'jsdom';
import { textWidth } from '../text-width';
import { textBox } from './text-box';

const box = (inner: string) => {
  const { document } = new JSDOM(`<svg>${inner}</svg>`).window;
  const found = textBox(document.querySelector('svg')!);
  return Object.values(found).map((side: number) => Math.round(10 * side) / 10);
};
const wide = textWidth('moon') * 10;

it('measures a text by its letters and its font', () => {
  expect(box('<text x="5" y="20" style="font-size:10px">moon</text>')).toEqual([
    5,
    10.5,
    Math.round(10 * (5 + wide)) / 10,
    22.5,
  ]);
});

it('knows anchors, lines and several texts', () => {
  const style = 'font-size:10px;text-anchor:end';
  const [left, top, right, bottom] = box(
    `<g><text x="50" y="20" style="${style}">moon</text>` +
      `<text x="60" y="80" style="font-size:10px"><tspan class="line">a</tspan><tspan class="line">bb</tspan></text></g>`,
  );
  expect(left).toBeCloseTo(50 - wide, 0);
  expect(right).toBeCloseTo(60 + 10 * textWidth('bb'), 0);
  expect([top, bottom]).toEqual([10.5, 80 - 9.5 + 12 + 13]);
});

it('turns and moves as the groups around it do', () => {
  const text = '<text y="9.5" style="font-size:10px">moon</text>';
  const [width, height] = [Math.round(10 * wide) / 10, 12];
  expect(box(`<g transform="translate(100,50)">${text}</g>`)).toEqual([
    100,
    50,
    100 + width,
    50 + height,
  ]);
  expect(box(`<g transform="rotate(90)">${text}</g>`)).toEqual([-height, 0, 0, width]);
  expect(box(`<g transform="translate(7) scale(2)">${text}</g>`)).toEqual([
    7,
    0,
    Math.round(10 * (7 + 2 * wide)) / 10,
    2 * height,
  ]);
});

it('is empty where there is no text', () => {
  expect(box('<path d="M0,0H10"/><text></text>')).toEqual([0, 0, 0, 0]);
});
