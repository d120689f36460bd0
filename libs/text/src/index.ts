export { count, counted } from './count';
export { markdownTable } from './markdown-table';
export { percent } from './percent';
export { shortNumber } from './short-number';
export { sizeText } from './size';
export { threeDigits } from './three-digits';
