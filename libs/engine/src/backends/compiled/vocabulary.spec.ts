import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from './host';
import { type Addon, NativeHost } from './native-host';
import { Vocabulary } from './vocabulary';
import { WasmHost } from './wasm-host';

const file = join(__dirname, '..', '..', '..', 'dist', 'native', 'kernels.node');

const hosts: [string, Host][] = [
  ['wasm, relaxed', new WasmHost()],
  ['wasm', new WasmHost({ plain: true })],
];
// eslint-disable-next-line @typescript-eslint/no-require-imports -- an addon, which only require loads
if (existsSync(file)) hosts.push(['native', new NativeHost(require(file) as Addon)]);

const [, { vocabulary: known }] = hosts[0]!;

describe.each(hosts)('%s', (_, { vocabulary, lanes, tileColumns }) => {
  it('says the orders that the sources have, each by its names alone', () => {
    expect(vocabulary.order('activation')).toEqual([
      ...['linear', 'relu', 'relu6', 'sigmoid', 'elu', 'leakyrelu'],
    ]);
    expect(vocabulary.order('normalisation')).toEqual(['mean', 'scale', 'offset']);
    expect(vocabulary.order('join').slice(0, 4)).toEqual([
      ...['firstX', 'firstNorm', 'firstChannels', 'firstLength'],
    ]);
    expect(vocabulary.order('treeFound')).toEqual([
      ...['gain', 'column', 'bin', 'lowerGradient', 'lowerPacked'],
    ]);
    expect(vocabulary.order('treeLimits')).toHaveLength(8);
    expect(vocabulary.order('window')).toHaveLength(15);
    expect(vocabulary.order('pool')).toHaveLength(11);
  });
  it('has the block sizes that do not depend on the processor', () => {
    for (const name of [
      'planeRows',
      'backwardVectors',
      'mostArguments',
      'treeColumns',
      'treeRows',
    ]) {
      expect(vocabulary.constant(name)).toBeGreaterThan(0);
      expect(vocabulary.constant(name)).toBe(known.constant(name));
    }
    expect(tileColumns % lanes).toBe(0);
  });
});

describe('Vocabulary', () => {
  const vocabulary = new Vocabulary({ rows: 3 }, { pair: 'const float *a, int b', words: ',x,y' });
  it('reads names after their types', () => {
    expect(vocabulary.order('pair')).toEqual(['a', 'b']);
    expect(vocabulary.order('words')).toEqual(['x', 'y']);
  });
  it('puts values in the order of the sources', () => {
    expect(vocabulary.inOrder('pair', { b: 2, a: 1 })).toEqual([1, 2]);
  });
  it('refuses what the sources do not name, more, fewer and other values', () => {
    expect(() => vocabulary.constant('columns')).toThrow('the kernels name no constant "columns"');
    expect(() => vocabulary.order('triple')).toThrow('the kernels name no order "triple"');
    expect(() => vocabulary.inOrder('pair', { a: 1 })).toThrow('"pair" has a, b, not a');
    expect(() => vocabulary.inOrder('pair', { a: 1, c: 2 })).toThrow('"pair" has b, which is not given'); // prettier-ignore
  });
});
