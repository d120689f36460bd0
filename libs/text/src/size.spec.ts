import { sizeText } from './size';

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1.0 kB'],
  [9960, '10 kB'],
  [82_600_000, '83 MB'],
  [999_600_000, '1.0 GB'],
  [3e15, '3000 TB'],
])('writes %d as "%s"', (bytes, text) => expect(sizeText(bytes)).toBe(text));
