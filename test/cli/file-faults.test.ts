import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { binary, botlab, type Finished, temporaryFolder } from './botlab';
import { Workshop } from './captures';
import { writeSyntheticFolder } from './synthetic-folder';

const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));

const data = writeSyntheticFolder(join(root, 'data'));
const file = join(root, 'file');
writeFileSync(file, 'hello');
const loop = join(root, 'loop');
symlinkSync(loop, loop);

let capture: string;
beforeAll(async () => {
  ({ capture } = await new Workshop(root).capture());
});

/** One sentence on stderr, exit code 2. */
function expectRefusal({ code, stdout, stderr }: Finished, pattern: RegExp): void {
  const lines = stderr.trimEnd().split('\n');
  const sentences = lines.filter((line) => !/^no --data: |^dense binary epoch /.test(line));
  expect(sentences).toEqual([expect.stringMatching(pattern)]);
  expect(sentences).toEqual([expect.stringMatching(/^botlab: Cannot \S.*\.$/)]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
}

const long = join(root, 'n'.repeat(300));
const PLACES: [string, string, RegExp][] = [
  ['a name of 300 letters', long, /: the name is too long; choose a shorter one/],
  ['a loop of links', join(loop, 'x'), /: its symbolic links lead in a circle; mend them/],
  ['a path through a file', join(file, 'x'), /: a part of the path is a file, not a folder;/],
];

/** What a command does with a place, by the option that names it. */
const USES: [string, (place: string) => Finished][] = [
  ['extract -o', (place) => botlab('extract', capture, '-o', place)],
  ['extract -o (parquet)', (place) => botlab('extract', capture, '-o', `${place}.parquet`)],
  ['extract CAPTURE', (place) => botlab('extract', place, '-o', join(root, 'never.csv'))],
  [
    'simulate --out',
    (place) => botlab('simulate', '--out', place, '--devices', 'Ennio_Doorbell', '--scale', '0.01'),
  ],
  ['simulate --check', (place) => botlab('simulate', '--check', place)],
  ['data info --data', (place) => botlab('data', 'info', '--data', place)],
  ['report DIR', (place) => botlab('report', place)],
  ['train --data', (place) => botlab('train', 'dense', '--data', place, '--out', join(root, 'o'))],
  ['train --out', (place) => botlab('train', 'dense', '--data', data, '--out', place)],
  [
    'train --cache',
    (place) => botlab('train', 'dense', '--cache', place, '--out', join(root, 'o')),
  ],
  ['table1 --out', (place) => botlab('table1', '--data', data, '--out', place)],
];

describe.each(PLACES)('%s is refused', (_, place, pattern) => {
  it.each(USES)('%s', (_, use) => {
    expectRefusal(use(place), pattern);
    expect(existsSync(join(root, 'never.csv'))).toBe(false);
  });
});

it('refuses a file where there should be a folder', () => {
  const pattern = /Cannot write to .*: a part of the path is a file, not a folder;/;
  expectRefusal(botlab('train', 'dense', '--data', data, '--out', file), pattern);
  expectRefusal(botlab('simulate', '--out', file), pattern);
});

it('refuses a folder where there should be a file', () => {
  const folder = join(root, 'folder');
  mkdirSync(folder);
  expectRefusal(botlab('extract', capture, '-o', folder), /: it is a folder; name a file\./);
  expect(readdirSync(root).filter((name) => name.startsWith('folder.'))).toEqual([]);
});

/** Runs a line of bash in which "$@" is the command line. */
const shell = (line: string, ...args: string[]): Finished => {
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-c', line, 'bash', process.execPath, binary, ...args],
    { encoding: 'utf8' },
  );
  return { code: status, stdout, stderr };
};

describe('a limit on the size of files', () => {
  const limited = (...args: string[]): Finished => shell('ulimit -f 20; "$@"', ...args);
  const pattern = /: it grew past the largest file allowed; raise the limit \(ulimit -f\)/;
  const train = (out: string, ...more: string[]) =>
    limited('train', 'dense', '--out', out, '--epochs', '1', ...more);

  it.each([['rows.csv'], ['rows.parquet']])('ends extract -o %s', (name) => {
    const folder = join(root, `limited-${name}`);
    mkdirSync(folder);
    expectRefusal(limited('extract', capture, '-o', join(folder, name)), pattern);
    expect(readdirSync(folder)).toEqual([]);
  });
  it('ends train, which goes on without it', () => {
    const out = join(root, 'limited-runs');
    expectRefusal(train(out, '--data', data), pattern);
    const whole = botlab('train', 'dense', '--out', out, '--epochs', '1', '--data', data);
    expect(whole.code).toBe(0);
  });
});

describe('a reader that closes its end', () => {
  const args = (out: string) => [
    ...['train', 'dense', '--data', data, '--out', join(root, out), '--epochs', '200'],
  ];
  it('of stderr ends a run as an interruption does, without a word', () => {
    const line = 'set -o pipefail; "$@" 2>&1 | head -2; echo "${PIPESTATUS[0]}"';
    const { stdout, stderr } = shell(line, ...args('closed'));
    const epoch = (n: number): unknown => expect.stringMatching(`^dense binary epoch ${n}/200: `);
    expect(stdout.trimEnd().split('\n')).toEqual([epoch(1), epoch(2), '130']);
    expect(stderr).toBe('');
    const run = readdirSync(join(root, 'closed', 'train', 'binary', 'dense', '1'));
    expect(run).toContain('history.jsonl');
    expect(run).not.toContain('DONE');
  });
  it('of stdout is no error', () => {
    const line = 'set -o pipefail; "$@" | head -1; echo "${PIPESTATUS[0]}"';
    const { stdout, stderr } = shell(line, 'extract', capture, '-o', '-');
    expect(stdout).toMatch(/^MI_dir_L5_weight,.*\n0\n$/);
    expect(stderr).toBe('');
  });
});
