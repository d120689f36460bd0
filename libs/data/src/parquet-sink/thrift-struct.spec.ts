import { ThriftStruct } from './thrift-struct';

const hex = (struct: ThriftStruct): string => Buffer.from(struct.bytes()).toString('hex');

// By hand, after the specification of the compact protocol.
it.each([
  ['nothing', new ThriftStruct(), '00'],
  ['small numbers', new ThriftStruct().i32(1, 5).i32(3, -1), '150a 2501 00'],
  [
    'numbers of several bytes',
    new ThriftStruct().i32(1, 100).i64(2, 2 ** 40),
    '15c801 16808080808040 00',
  ],
  ['text', new ThriftStruct().text(4, 'ü'), '4802c3bc 00'],
  [
    'structs',
    new ThriftStruct().struct(2, new ThriftStruct().i32(1, 1)).i32(3, 2),
    '2c 1502 00 1504 00',
  ],
  ['short lists', new ThriftStruct().i32s(1, [0, 1]).texts(2, ['a']), '19 25 0002 19 18 0161 00'],
  [
    'long lists',
    new ThriftStruct().i32s(1, new Array<number>(16).fill(0)),
    `19 f510 ${'00'.repeat(16)} 00`,
  ],
  [
    'lists of structs',
    new ThriftStruct().structs(1, [new ThriftStruct().i32(1, 3).bytes()]),
    '19 1c 1506 00 00',
  ],
])('writes %s', (_, struct, expected) => {
  expect(hex(struct)).toBe(expected.replaceAll(' ', ''));
});

it('writes much', () => {
  const names = Array.from({ length: 200_000 }, () => 'ab');
  expect(new ThriftStruct().texts(1, names).bytes()).toHaveLength(5 + 3 * names.length + 1);
  const empty = names.map(() => new ThriftStruct().bytes());
  expect(new ThriftStruct().structs(1, empty).i32(2, 0).bytes()).toHaveLength(5 + names.length + 3);
});

it('refuses fields out of order', () => {
  expect(() => new ThriftStruct().i32(2, 1).i32(2, 1)).toThrow(
    'field 2 is not within 15 of the last',
  );
  expect(() => new ThriftStruct().i32(16, 1)).toThrow('field 16 is not within 15 of the last');
});
