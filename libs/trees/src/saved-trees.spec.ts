import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@botlab/errors';
import { checksum, readTensorFile, writeTensorFile } from '@botlab/files';
import { useEngine } from '@botlab/engine';
import {
  fitBoostedTrees,
  fitForest,
  fitIsolationForest,
  fitTree,
  loadTrees,
  saveTrees,
  type Trees,
} from './index';
import { makeRows } from './rows.fixture.spec';
import type { SavedParts } from './saved-arrays';

const folder = mkdtempSync(join(tmpdir(), 'botlab-trees-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, 'x.safetensors');
const words = { what: 'the trees', mend: 'fit them again' };
const data = makeRows({ rows: 300 });
const two = makeRows({ rows: 300, classes: 2 });
const kinds: [string, () => Trees | Promise<Trees>][] = [
  ['a tree', () => fitTree(data, { depth: 4 })],
  ['a leaf', () => fitTree({ ...data, x: new Float32Array(data.x.length) })],
  ['boosted trees', () => fitBoostedTrees(data, { rounds: 3, leastRows: 5 })],
  ['boosted trees of two classes', () => fitBoostedTrees(two, { rounds: 3 })],
  ['a forest', () => fitForest(data, { trees: 5, threads: 1 })],
  ['an isolation forest', () => fitIsolationForest(data, { trees: 5 })],
];

beforeAll(() => useEngine('auto', { runsOn: 'processor' }));

/** What trees say of rows. */
const answers = (trees: Trees) =>
  'predict' in trees ? trees.predict(data.x) : trees.score(data.x);

describe.each(kinds)('%s', (_, fit) => {
  it('says after it was saved and loaded what it said before, to the bit', async () => {
    const trees = await fit();
    const sum = saveTrees(trees, file);
    const loaded = loadTrees(file);
    expect(loaded).toEqual(trees);
    expect(answers(loaded)).toEqual(answers(trees));
    expect(sum).toBe(checksum(readTensorFile(file, words).arrays));
    expect(saveTrees(loaded, file)).toBe(sum);
  });

  it('begins each array at a multiple of its width, as readers of safetensors want', async () => {
    saveTrees(await fit(), file);
    const bytes = readFileSync(file);
    const header = bytes.toString('utf8', 8, 8 + Number(bytes.readBigUInt64LE()));
    const arrays = JSON.parse(header) as Record<string, { dtype?: string; data_offsets: number[] }>;
    for (const { dtype, data_offsets: range } of Object.values(arrays)) {
      if (dtype !== undefined) expect(range[0]! % (Number(dtype.slice(1)) / 8)).toBe(0);
    }
  });

  it('is refused where the file is cut or a byte differs', async () => {
    saveTrees(await fit(), file);
    const whole = readFileSync(file);
    for (let i = 1; i < 40; i++) {
      const at = Math.floor((i / 40) * whole.length);
      const flipped = Buffer.from(whole);
      flipped[at]! ^= 1;
      for (const bytes of [whole.subarray(0, at), flipped]) {
        writeFileSync(file, bytes);
        expect(() => loadTrees(file)).toThrow(InputError);
        expect(() => loadTrees(file)).toThrow(/^Cannot read the trees .*; fit them again\.$/);
      }
    }
  });
});

describe('a whole file that is not of trees', () => {
  /** Saves a tree with something else in its place. */
  const change = (
    notes: Record<string, string>,
    arrays: Record<string, Int32Array | Float64Array | undefined>,
  ): void => {
    saveTrees(fitTree(data, { depth: 3 }), file);
    const saved = readTensorFile(file, words);
    writeTensorFile(file, {
      metadata: { ...saved.metadata, ...notes },
      arrays: saved.arrays.flatMap((array) => {
        if (!(array.name in arrays)) return [array];
        const values = arrays[array.name];
        return values === undefined ? [] : [{ ...array, shape: [values.length], values }];
      }),
    });
  };
  it.each([
    ['another kind', { kind: 'shrub' }, {}, 'it holds no trees'],
    ['a name that every object has', { kind: 'toString' }, {}, 'it holds no trees'],
    ['no numbers', { numbers: 'x' }, {}, 'it holds no trees'],
    ['a number less', { numbers: '{"classes":3}' }, {}, 'its number "depth" is missing'],
    ['an array less', {}, { child: undefined }, 'its array "child" is missing'],
    ['another type', {}, { child: new Float64Array(3) }, 'its array "child" is missing'],
    ['a circle', {}, { child: Int32Array.of(1, 0, 1), column: new Int32Array(3) }, 'its nodes'],
    [
      'a child too far',
      {},
      { child: Int32Array.of(1, 3, 0), column: new Int32Array(3) },
      'its nodes',
    ],
    [
      'no such column',
      {},
      { child: Int32Array.of(1, 0, 0), column: Int32Array.of(6, 0, 0) },
      'its nodes',
    ],
    ['no trees', {}, { roots: new Int32Array(0) }, 'its nodes are not those of trees'],
    ['a root too far', {}, { roots: Int32Array.of(99) }, 'its nodes are not those of trees'],
    [
      'other edges',
      {},
      { edgeCounts: Int32Array.of(1, 2) },
      'its edges are not those of its columns',
    ],
    ['no classes', { numbers: '{"classes":0,"depth":3}' }, {}, 'its leaves are not those of'],
    ['more classes', { numbers: '{"classes":7,"depth":3}' }, {}, 'its leaves are not those of'],
    ['answers less', {}, { answer: new Int32Array(1) }, 'its leaves are not those of its classes'],
    ['no such shares', {}, { answer: new Int32Array(15).fill(-99) }, 'its leaves are not those of'],
    ['no such class', {}, { answer: new Int32Array(15).fill(3) }, 'its leaves are not those of'],
  ])('is refused: %s', (_, notes, arrays, why) => {
    change(notes, arrays);
    expect(() => loadTrees(file, 'delete it')).toThrow(InputError);
    expect(() => loadTrees(file, 'delete it')).toThrow(why);
    expect(() => loadTrees(file, 'delete it')).toThrow(/; delete it\.$/);
  });
});

describe('boosted trees that are not whole', () => {
  it.each<[string, (saved: SavedParts) => Partial<SavedParts>]>([
    ['classes that there are not', () => ({ numbers: { classes: 4 } })],
    ['one class', () => ({ numbers: { classes: 1 } })],
    ['a tree less', ({ arrays }) => without(arrays, 'roots')],
    ['a value less', ({ arrays }) => without(arrays, 'value')],
    [
      'a child of two',
      ({ arrays }) => ({
        arrays: { ...arrays, child: arrays['child']!.map((at) => (at === 3 ? 1 : at)) },
      }),
    ],
  ])('are refused: %s', async (_, change) => {
    const whole = (await fitBoostedTrees(data, { rounds: 2, leastRows: 5 })).saved();
    saveTrees({ saved: () => ({ ...whole, ...change(whole) }) }, file);
    expect(() => loadTrees(file)).toThrow(InputError);
    expect(() => loadTrees(file)).toThrow(/its (trees|nodes) are not those of/);
  });
});

it('refuses edges that do not ascend', () => {
  const whole = fitTree(data, { depth: 3 }).saved();
  const edges = whole.arrays['edges']!.slice().fill(1);
  saveTrees({ saved: () => ({ ...whole, arrays: { ...whole.arrays, edges } }) }, file);
  expect(() => loadTrees(file)).toThrow('its edges are not those of its columns; fit them again.');
});

it('refuses an isolation forest that is not whole', () => {
  const whole = fitIsolationForest(data, { trees: 5 }).saved();
  for (const change of [
    { arrays: without(whole.arrays, 'value').arrays },
    { numbers: { ...whole.numbers, sample: 0 } },
    { numbers: { ...whole.numbers, columns: 6.5 } },
  ]) {
    saveTrees({ saved: () => ({ ...whole, ...change }) }, file);
    expect(() => loadTrees(file)).toThrow(InputError);
    expect(() => loadTrees(file)).toThrow('its numbers are not those of its trees');
  }
});

/** The arrays, of one of which the last number is missing. */
function without(arrays: SavedParts['arrays'], name: string): Pick<SavedParts, 'arrays'> {
  return { arrays: { ...arrays, [name]: arrays[name]!.slice(0, -1) } };
}

it('names a file that is not there', () => {
  expect(() => loadTrees(join(folder, 'none'))).toThrow(InputError);
});
