import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { skipIf } from '../../tools/testing/skip-if';
import { botlab, botlabWith, temporaryFolder } from './botlab';
import { csv, writeSyntheticFolder } from './synthetic-folder';

const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));

const BENIGN = 'Danmini_Doorbell/benign_traffic.csv';
const good = csv(0);
const lines = good.split('\n');
let folders = 0;

/** A synthetic folder whose first benign file has this content. */
const dataWith = (content: string | Buffer): string =>
  writeSyntheticFolder(join(root, `data-${folders++}`), { [BENIGN]: content });

/** The good file with one line changed. */
const withLine = (number: number, change: (line: string) => string): string =>
  lines.map((line, i) => (i === number - 1 ? change(line) : line)).join('\n');

const withCell = (cell: string): string =>
  withLine(3, (line) => line.split(',').with(1, cell).join(','));

const train = (data: string, ...more: string[]) => {
  const out = join(root, `out-${folders++}`);
  return {
    out,
    ...botlab('train', 'dense', '--data', data, '--out', out, '--epochs', '1', ...more),
  };
};

/** One sentence on stderr, exit code 2, and nothing half-written. */
function expectRefusal({ out, ...result }: ReturnType<typeof train>, pattern: RegExp): void {
  expect(result.stderr).toMatch(pattern);
  expect(result.stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(result.stderr).toMatch(/^botlab: \S.*[.?]\n$/);
  expect(result.stdout).toBe('');
  expect(result.code).toBe(2);
  expect(existsSync(out) ? readdirSync(out) : []).toEqual([]);
}

describe('a data file is refused', () => {
  it.each<[string, string | Buffer, RegExp]>([
    ['a missing column', good.replace('MI_dir_L5_mean,', ''), /MI_dir_L5_mean/],
    ['an extra column', withLine(1, (line) => `${line},extra`), /extra/],
    ['a renamed column', good.replace('H_L5_mean', 'H_L5_average'), /H_L5_average|H_L5_mean/],
    ['an empty file', '', /empty/],
    ['a header only', `${lines[0]}\n`, /no row/],
    ['a truncated last line', good.slice(0, -300), /line 61/],
    ['a cell of text', withCell('abc'), /line 3.*MI_dir_L5_mean.*abc/],
    ['an empty cell', withCell(''), /line 3.*MI_dir_L5_mean/],
    ['NaN', withCell('NaN'), /line 3.*MI_dir_L5_mean.*NaN/],
    ['infinity', withCell('inf'), /line 3.*MI_dir_L5_mean.*inf/],
    ['not text', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), /text/],
  ])('%s', (_, content, pattern) => {
    const result = train(dataWith(content));
    expectRefusal(result, pattern);
    expect(result.stderr).toContain('benign_traffic.csv');
  });

  it('a damaged archive', () => {
    const data = writeSyntheticFolder(join(root, 'gz'), {
      [BENIGN]: null,
      [`${BENIGN}.gz`]: gzipSync(good).subarray(0, 500),
    });
    expectRefusal(train(data), /benign_traffic\.csv\.gz/);
  });
});

describe('a data file is accepted', () => {
  it.each([
    ['CRLF and a BOM', `\uFEFF${good.replaceAll('\n', '\r\n')}`],
    ['an archive in its place', null],
    ['reordered columns', lines.map((line) => line.split(',').reverse().join(',')).join('\n')],
  ])('%s', (name, content) => {
    const plain = train(writeSyntheticFolder(join(root, `plain ${name}`)), '--json');
    const changed = writeSyntheticFolder(join(root, `changed ${name}`), {
      [BENIGN]: content,
      ...(content === null ? { [`${BENIGN}.gz`]: gzipSync(good) } : {}),
    });
    const result = train(changed, '--json');
    expect(result.code).toBe(0);
    const weights = ({ stdout }: { stdout: string }) =>
      (JSON.parse(stdout) as { weights: string }).weights;
    expect(weights(result)).toBe(weights(plain));
  });
});

describe('a folder is refused', () => {
  it('that is not there', () => {
    expectRefusal(train(join(root, 'absent')), /absent.*(does not exist|no such folder)/i);
  });
  it('without a CSV of the data set', () => {
    const empty = join(root, 'empty');
    mkdirSync(empty);
    writeFileSync(join(empty, 'README.txt'), 'hello');
    expectRefusal(train(empty), /empty/);
  });
  it('with a single class for a task that needs two', () => {
    const single = join(root, 'single');
    mkdirSync(join(single, 'Danmini_Doorbell'), { recursive: true });
    writeFileSync(join(single, BENIGN), good);
    expectRefusal(train(single), /only rows of class benign; the binary task needs two/);
  });
});

describe('an option is refused', () => {
  const data = writeSyntheticFolder(join(root, 'good'));
  it.each<[string, string[], RegExp]>([
    ['an unknown model', ['train', 'densee', '--data', data], /did you mean "dense"/],
    ['an unknown model of a list', ['table1', '--models', 'dense,grv', '--data', data], /"gru"/],
    [
      'an unknown task',
      ['train', 'dense', '--task', 'ternary', '--data', data],
      /binary, multiclass/,
    ],
    ['an unknown option', ['table1', '--daata', data], /--data/],
    ['an unknown command', ['tabel1'], /table1/],
    ['an unknown engine', ['table1', '--engine', 'cuda', '--data', data], /reference/],
    ['an unknown option of a model', ['train', 'gru', '--set', 'width=3', '--data', data], /width/],
    ['a wrong value of a model', ['train', 'gru', '--set', 'units=big', '--data', data], /units/],
    [
      'a task that a model cannot do',
      ['train', 'isolation-forest', '--task', 'multiclass', '--data', 'nowhere'],
      /Cannot train isolation-forest on the multiclass task: .*use --task binary/,
    ],
    [
      'an option out of range',
      ['train', 'forest', '--set', 'trees=0'],
      /^botlab: Cannot set the option "trees" of forest to 0: expected a whole number from 1 to 10000\.\n$/,
    ],
    [
      'a share that is none',
      ['train', 'gru', '--validation', 'half'],
      /^botlab: Cannot train with --validation half: expected a number from 0 to 0\.5\.\n$/,
    ],
    ['an option of what has none', ['train', 'majority', '--set', 'a=1'], /it has no options/],
    ['a goal of no stump', ['train', 'stump', '--set', 'for=recall'], /"for".*"macro-f1"/],
    ['no number', ['table1', '--seed', 'x', '--data', data], /--seed/],
    [
      'a last seed beyond the greatest',
      ['table1', '--seed', '2147483647', '--seeds', '2', '--data', data],
      /Cannot count 2 seeds up from 2147483647: the greatest is 2147483647; lower --seed/,
    ],
    ['a billion seeds', ['table1', '--seeds', '1000000000'], /--seeds.*number from 1 to 1000;/],
    ['a crowd of threads', ['table1', '--threads', '1025'], /--threads.*from 1 to 1024;/],
    ...['..', '.', 'a/b', '/tmp/x', ''].flatMap((name): [string, string[], RegExp][] => [
      [
        `a run outside of --out: "${name}"`,
        ['train', 'dense', '--experiment', name, '--data', data],
        /Cannot name an experiment/,
      ],
      [
        `a table outside of --out: "${name}"`,
        ['table1', '--experiment', name, '--data', data],
        /Cannot name an experiment/,
      ],
    ]),
    ...(
      [
        ['a layer of a billion units', 'units=[1e9]', /Cannot build dense .* weights or more/],
        ['a layer that no number holds', 'units=[1e999]', /units/],
        ['a layer of half a unit', 'units=[0.5]', /units/],
        ['a layer that is none', 'units=NaN', /units/],
        ['no layer', 'units=null', /units/],
        ['layers in layers', `units=${'['.repeat(20_000)}${']'.repeat(20_000)}`, /units/],
        ['too many layers', `units=[${'1,'.repeat(20_000)}1]`, /Cannot build dense .* more layers/],
        ['the prototype', '__proto__=1', /__proto__/],
      ] as const
    ).map(([name, set, pattern]): [string, string[], RegExp] => [
      name,
      ['train', 'dense', '--set', set, '--data', data],
      pattern,
    ]),
    [
      'patience without validation',
      ['train', 'gru', '--patience', '2', '--data', data],
      /validation/,
    ],
  ])('%s', (_, args, pattern) => {
    const out = join(root, `out-${folders++}`);
    const takesOut = args.length > 1 ? ['--out', out] : [];
    expectRefusal({ out, ...botlab(...args, ...takesOut) }, pattern);
  });

  it('an absent engine', () => {
    const out = join(root, `out-${folders++}`);
    const finished = botlabWith(
      { BOTLAB_ADDON: join(root, 'absent.node') },
      ...['table1', '--engine', 'native', '--data', data, '--out', out],
    );
    expectRefusal({ out, ...finished }, /"native".*absent\.node.*install a C\+\+ compiler/);
  });
});

describe('a place to write is refused', () => {
  const data = writeSyntheticFolder(join(root, 'good-out'));
  const to = (out: string) =>
    botlab('train', 'dense', '--data', data, '--out', out, '--epochs', '1');

  it('that is a file', () => {
    const { code, stderr } = to(join(data, BENIGN));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^botlab: Cannot write to .*not a folder/);
  });

  it('for simulated data, before it is made', () => {
    const cache = join(data, BENIGN);
    const out = join(root, 'out-cache');
    const { code, stdout, stderr } = botlab('train', 'dense', '--out', out, '--cache', cache);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    const [notice, sentence, ...more] = stderr.trimEnd().split('\n');
    expect(notice).toMatch(/^no --data: using the simulated data set \(synthetic\)/);
    expect(sentence).toMatch(/^botlab: Cannot write to .*not a folder.* --cache DIR\.$/);
    expect(more).toEqual([]);
    expect(existsSync(out) ? readdirSync(out) : []).toEqual([]);
  });

  it('on a read-only file system', () => {
    const result = to('/proc/botlab');
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/^botlab: Cannot write to \/proc\/botlab/);
  });

  const small = join(root, 'small');
  const mounted = mountSmall(small);
  const unmounted = mounted
    ? undefined
    : 'a full disk needs a small tmpfs, which only root may mount';
  skipIf(unmounted).it('on a full disk; with room it goes on where it was', () => {
    try {
      const full = to(join(small, 'runs'));
      expect(full.code).toBe(2);
      expect(full.stderr).toMatch(/the disk is full; free some space/);
      execFileSync('mount', ['-o', 'remount,size=10m', small]);
      expect(to(join(small, 'runs')).code).toBe(0);
    } finally {
      execFileSync('umount', [small]);
    }
  });
});

/** Mounts a file system too small for a run; false where that is not allowed. */
function mountSmall(folder: string): boolean {
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('a run folder is refused', () => {
  const data = writeSyntheticFolder(join(root, 'good-runs'));
  const out = join(root, 'runs');
  const run = join(out, 'train', 'binary', 'dense', '1');
  const again = (...more: string[]) =>
    botlab('train', 'dense', '--data', data, '--out', out, '--epochs', '1', ...more);
  beforeAll(() => {
    expect(again().code).toBe(0);
  });

  it('made with another configuration', () => {
    const { code, stderr } = again('--epochs', '2');
    expect(code).toBe(2);
    expect(stderr).toMatch(/holds a run with epochs 1, not 2; choose another --out/);
  });
  it('that is none', () => {
    expect(botlab('evaluate', data)).toMatchObject({ code: 2 });
    expect(botlab('report', join(root, 'good-runs')).stderr).toMatch(/no experiment in it/);
  });
  it('with a damaged checkpoint', () => {
    expect(botlab('evaluate', run).code).toBe(0);
    writeFileSync(join(run, 'checkpoint', 'weights.safetensors'), good.slice(0, 5000));
    const { code, stderr } = botlab('evaluate', run);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^botlab: Cannot read the checkpoint .*weights\.safetensors.*\.\n$/);
  });
});
