import { textWidth } from '../text-width';

/** A rectangle in pixels, as `getBoundingClientRect` gives it. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** `x' = a x + c y + e`, `y' = b x + d y + f`. */
type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const identity: Matrix = [1, 0, 0, 1, 0, 0];

/**
 * The box around the texts in an SVG element, which a document without a renderer cannot measure:
 * by the number of letters, turned and moved as the `transform`s up to `root` say; empty without text.
 */
export function textBox(element: Element, root: Element | null = null): Box {
  const texts = element.matches('text') ? [element] : [...element.querySelectorAll('text')];
  const boxes = texts.filter((text) => text.textContent !== '').map((text) => placed(text, root));
  if (boxes.length === 0) return { left: 0, top: 0, right: 0, bottom: 0 };
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}

/** Size of an element's font in pixels. */
export function fontSize(element: Element): number {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const size = parseFloat((at as SVGElement).style.fontSize);
    if (size > 0) return size;
  }
  return 12;
}

function placed(text: Element, root: Element | null): Box {
  const size = fontSize(text);
  const spans = [...text.querySelectorAll('tspan.line')];
  const lines = (spans.length > 0 ? spans : [text]).map((line) => line.textContent);
  const width = size * Math.max(...lines.map(textWidth));
  const height = size * (1.2 + 1.3 * (lines.length - 1));
  const anchor = (text as SVGElement).style.textAnchor || text.getAttribute('text-anchor');
  const start = Number(text.getAttribute('x')) || 0;
  const left = start - (anchor === 'middle' ? width / 2 : anchor === 'end' ? width : 0);
  const top = (Number(text.getAttribute('y')) || 0) - 0.95 * size;
  let matrix = identity;
  for (let at: Element | null = text; at && at !== root; at = at.parentElement) {
    matrix = multiply(parse(at.getAttribute('transform')), matrix);
  }
  const corners = [left, left + width].flatMap((x) => [top, top + height].map((y) => [x, y]));
  const [a, b, c, d, e, f] = matrix;
  const xs = corners.map(([x, y]) => a * x! + c * y! + e);
  const ys = corners.map(([x, y]) => b * x! + d * y! + f);
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
  };
}

function multiply(one: Matrix, other: Matrix): Matrix {
  const [a, b, c, d, e, f] = one;
  const [p, q, r, s, t, u] = other;
  return [
    a * p + c * q,
    b * p + d * q,
    a * r + c * s,
    b * r + d * s,
    a * t + c * u + e,
    b * t + d * u + f,
  ];
}

/** The matrix of a list of `translate`, `scale` and `rotate`, which are all that plotly writes. */
function parse(transform: string | null): Matrix {
  let matrix = identity;
  for (const [, kind, list] of (transform ?? '').matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [x = 0, y, z] = list!.split(/[\s,]+/).map(Number);
    if (kind === 'translate') matrix = multiply(matrix, [1, 0, 0, 1, x, y ?? 0]);
    if (kind === 'scale') matrix = multiply(matrix, [x, 0, 0, y ?? x, 0, 0]);
    if (kind === 'rotate') {
      const [sin, cos] = [Math.sin((x * Math.PI) / 180), Math.cos((x * Math.PI) / 180)];
      const [cx, cy] = [y ?? 0, z ?? 0];
      matrix = multiply(matrix, [1, 0, 0, 1, cx, cy]);
      matrix = multiply(matrix, [cos, sin, -sin, cos, 0, 0]);
      matrix = multiply(matrix, [1, 0, 0, 1, -cx, -cy]);
    }
  }
  return matrix;
}
