import fc from 'fast-check';
import { macText, parseMac } from './mac-address';

it.each([
  ['02:00:00:00:00:a1', 0x0200000000a1],
  ['02-00-00-00-00-A1', 0x0200000000a1],
  ['FF:ff:FF:ff:FF:ff', 2 ** 48 - 1],
])('reads %s', (text, mac) => expect(parseMac(text)).toBe(mac));

it.each([
  '',
  '02:00:00:00:00',
  '02:00:00:00:00:a1:b2',
  '02:00-00:00-00:a1',
  '0200000000a1',
  'g2:00:00:00:00:a1',
])('does not take "%s" for one', (text) => expect(parseMac(text)).toBeUndefined());

it('writes what it reads', () => {
  expect(macText(0xa1)).toBe('00:00:00:00:00:a1');
  fc.assert(
    fc.property(fc.nat(2 ** 48 - 1), (mac) => expect(parseMac(macText(mac))).toBe(mac)),
    { seed: 1 },
  );
});
