import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { program } from '@botlab/cli';
import { useEngine } from '@botlab/engine';
import { buildModel, getModel, listModels, optionNames } from '@botlab/models';
import { figureSvg } from '@botlab/plots';
import { resultFigure } from '@botlab/report';
import { halvesOf, removeTemporaryRuns, type Results } from '@botlab/training';
import * as tf from '@tensorflow/tfjs';
import { csv, writeSyntheticFolder } from './cli/synthetic-folder';
import { tool } from './notebooks/tool';
import { commandsOf, examplesOf, filesBelow, likeText, readmes, root, run, textOf } from './readme';

/** Files that a README tells its reader to make. */
const TO_BE_MADE = [
  'src/zoo/cnn-gru.ts',
  'src/estimators/zoo/nearest-mean.ts',
  'src/my-figure.ts',
  'src/my-figure.spec.ts',
];

const home = process.cwd();
const scratch = mkdtempSync(join(tmpdir(), 'botlab-readme-'));
afterEach(() => process.chdir(home));
afterAll(() => rmSync(scratch, { recursive: true }));
afterAll(removeTemporaryRuns);

it('begins with the three commands', () => {
  const three = ['npm run table1', 'npm test', 'npm run lab'];
  expect(commandsOf('README.md').slice(0, 3)).toEqual(three);
  expect(textOf('README.md').indexOf('npm run table1')).toBeLessThan(600);
});

it.each(['README.md', 'README.zh.md'])('%s shows Table 1 as results/ has it', (file) => {
  const tablesOf = (text: string) =>
    (text.match(/^\|.*(?:\n\|.*)*/gm) ?? []).map((table) => table.replace(/ +|-+(?=[-:])/g, ' '));
  const [, shown = ''] = /<!-- results\/table1.md -->([^]*?)<!-- end -->/.exec(textOf(file)) ?? [];
  expect(tablesOf(shown)).toHaveLength(2);
  expect(tablesOf(shown)).toEqual(tablesOf(textOf('results/table1.md')));
});

it.each(['README.md', 'README.zh.md'])('%s takes what it says of results from there', (file) => {
  const prose = textOf(file)
    .split('<!-- end -->')[1]!
    .split(/\n## |\n\*\*/)[0]!;
  const figures = prose.match(/\d+\.\d\d/g)!;
  expect(figures.length).toBeGreaterThan(4);
  const printed = textOf('results/table1.md') + textOf('results/scalers.md');
  expect(figures.filter((figure) => !printed.includes(` ${figure} `))).toEqual([]);
});

it.each(readdirSync(join(root, 'results')).filter((file) => file.endsWith('.json')))(
  'results/%s has the picture of what is in it',
  (file) => {
    const { table } = JSON.parse(textOf(join('results', file))) as Results;
    const half = halvesOf(table).find(({ task }) => task === 'multiclass')!;
    const picture = figureSvg(resultFigure(table, half));
    expect(textOf(join('results', file.replace('.json', '.svg')))).toBe(`${picture}\n`);
  },
);

it('there is one in every room', () => {
  const rooms = filesBelow(join(root, 'libs')).filter((file) =>
    /^[a-z]+\/package\.json$/.test(file),
  );
  const expected = rooms.map((file) => join('libs', dirname(file), 'README.md'));
  expect(readmes).toEqual(expect.arrayContaining(expected));
});

describe.each(readmes)('%s', (file) => {
  const text = textOf(file);
  const folder = dirname(file);

  const examples = examplesOf(file).map((example, i) => ({ ...example, number: i + 1 }));
  for (const example of examples) {
    it(`prints in example ${example.number} what it says, and leaves the files that it names`, async () => {
      const data = writeSyntheticFolder(mkdtempSync(join(scratch, 'data-')), {
        'Danmini_Doorbell/benign_traffic.csv': csv(0, 600),
        'Danmini_Doorbell/gafgyt_attacks/tcp.csv': csv(2, 1400),
        'Danmini_Doorbell/gafgyt_attacks/udp.csv': null,
        'Danmini_Doorbell/mirai_attacks/syn.csv': null,
        'Ennio_Doorbell/benign_traffic.csv': null,
        'Ennio_Doorbell/gafgyt_attacks/scan.csv': null,
      });
      const place = mkdtempSync(join(scratch, 'place-'));
      process.chdir(place);
      const printed = await run(example, {
        folder: data,
        runs: mkdtempSync(join(scratch, 'runs-')),
      });
      if (example.output === undefined) expect(printed).toBe('');
      else expect(printed).toMatch(likeText(example.output));
      const named = [
        ...example.code.matchAll(
          /'(?:\w+\/)*([\w-]+\.(?:html|svg|png|csv|txt|bin|json|parquet|pcap))'/g,
        ),
      ].map(([, name]) => name);
      expect(filesBelow(place).map((name) => basename(name))).toEqual([...new Set(named)].sort());
    });
  }

  it('names files that are there', () => {
    const sources = filesBelow(join(root, folder)).filter(
      (name) => !/node_modules|dist\//.test(name),
    );
    const isThere = (name: string) =>
      TO_BE_MADE.includes(name) ||
      existsSync(join(root, name)) ||
      sources.some((source) => source === name || source.endsWith(`/${name}`)) ||
      existsSync(join(root, folder, name)) ||
      existsSync(join(root, folder, 'src', name));
    const prose = text.replace(/^```.*?^```$/gms, '');
    const names = [...prose.matchAll(/`([\w./@-]+(?:\.(?:ts|mjs|cjs|py|cpp|hpp|wgsl|ipynb)|\/))`/g)]
      .map(([, name]) => name!)
      .filter((name) => !/^(?:NN|NAME|DIR)|\/NAME|^out\/|^runs\/|^node_modules\//.test(name));
    expect(names.filter((name) => !isThere(name))).toEqual([]);
  });

  it('names all files of a folder where it lists some', () => {
    const source = join(root, folder, 'src');
    if (!existsSync(source) || folder === '.') return;
    const listed = new Set(
      [...text.matchAll(/^\|([^|]*)\|/gm)].flatMap(([, cell]) =>
        [...cell!.matchAll(/`([\w-]+\.ts)`/g)].map(([, name]) => name!),
      ),
    );
    const files = filesBelow(source).filter(
      (name) => /\.ts$/.test(name) && !/\.spec\.ts$|(?:index|light)\.ts$/.test(name),
    );
    const folders = new Set(files.filter((name) => listed.has(basename(name))).map(dirname));
    const missing = files.filter(
      (name) => folders.has(dirname(name)) && !text.includes(`\`${basename(name)}\``),
    );
    expect(missing).toEqual([]);
  });

  it('links to what is there', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link]) => link!);
    const isThere = (link: string): boolean => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file : join(folder, path);
      if (!existsSync(join(root, target))) return false;
      return anchor === undefined || anchorsOf(target).includes(anchor);
    };
    expect(links.filter((link) => !isThere(link))).toEqual([]);
  });

  for (const command of new Set(commandsOf(file))) {
    it(`shows a command that is there: ${command}`, () => check(command));
  }
});

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(file: string): string[] {
  return [...textOf(file).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Makes sure that a command exists and takes its options, without running it. */
function check(command: string): void {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  const [first, ...words] = command.split(/\s+/).filter((word) => !/^[A-Z_]+=/.test(word));
  if (first === 'npx' && words[0] === 'botlab') return checkCommandLine(words.slice(1));
  if (first !== 'npm' || words[0] === 'install') return;
  const [script, ...rest] = words[0] === 'run' ? words.slice(1) : words;
  if (script === 'ci') return;
  expect(Object.keys(scripts)).toContain(script);
  const typed = rest[0] === '--' ? rest.slice(1) : rest;
  if (script === 'botlab') return checkCommandLine(typed);
  if (script === 'table1') return checkCommandLine(['table1', ...typed]);
  if (script === 'bench' && typed[0] === 'trees') {
    return checkCommandLine(['bench', '--against', 'lightgbm', ...typed.slice(1)]);
  }
  if (script === 'bench' && typed[0] !== undefined && typed[0] !== 'NAME') {
    expect(existsSync(join(root, 'test', 'bench', `${typed[0]}.bench.ts`))).toBe(true);
  }
  const own = /^node tools\/(lab\.mjs|notebooks\/\S+)$/.exec(scripts[script!]!)?.[1];
  const options = typed.filter((word) => word.startsWith('--'));
  if (own === undefined || options.length === 0) return;
  const { code, stdout } = tool(own, ['--help']);
  expect(code).toBe(0);
  for (const option of options) expect(stdout).toMatch(new RegExp(`${option}\\b`));
}

/** Makes sure that the command line's own parser takes these words. */
function checkCommandLine(words: readonly string[]): void {
  const parser = program();
  for (const command of [...parser.commands, ...parser.commands.flatMap((c) => c.commands)]) {
    if (command.commands.length === 0) command.action(() => undefined);
  }
  expect(() => parser.parse([...words], { from: 'user' })).not.toThrow();
}

describe('the README of libs/models', () => {
  const models = join('libs', 'models', 'README.md');

  it('names every model with its options', () => {
    for (const definition of listModels().filter(({ name }) => name !== 'cnn-gru')) {
      const lines = textOf(models).split('\n');
      const row = lines.find((line) => line.startsWith(`| \`${definition.name}\``)) ?? '';
      const options = row.split('|')[3]?.trim().split(', ');
      expect(options).toEqual(optionNames(definition).map((name) => `\`${name}\``));
    }
  });

  it('adds a model that is listed, and learns', async () => {
    await useEngine('reference');
    const isListed = () => listModels().some(({ name }) => name === 'cnn-gru');
    if (!isListed()) await run(examplesOf(models)[1]!, {});
    expect(isListed()).toBe(true);
    const settings = { features: 20, classes: 2, seed: 1, options: { units: 4 } };
    const model = buildModel(getModel('cnn-gru'), settings);
    const x = tf.randomNormal([32, 20, 1], 0, 1, 'float32', 1);
    const y = tf.oneHot(x.mean([1, 2]).greater(0).toInt(), 2);
    const loss = () =>
      tf.losses.softmaxCrossEntropy<tf.Tensor, tf.Scalar>(y, model.apply(x) as tf.Tensor);
    const optimizer = tf.train.adam(0.05);
    const before = loss().dataSync()[0]!;
    for (let step = 0; step < 30; step++) optimizer.minimize(loss);
    expect(loss().dataSync()[0]).toBeLessThan(before / 2);
  });
});
