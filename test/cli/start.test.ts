import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { program } from '@botlab/cli';
import { binary, temporaryFolder } from './botlab';
import { Workshop } from './captures';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true }));

/** Packages that take a while to load, by the names of their folders. */
const HEAVY = ['@tensorflow/', '@duckdb/', 'plotly.js', 'danfojs', 'jsdom/'];

/** The heavy packages that a command has loaded when it ends. */
function loadedBy(...args: string[]): string[] {
  const [hook, list] = [join(folder, 'hook.cjs'), join(folder, 'loaded.json')];
  writeFileSync(
    hook,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(list)}, JSON.stringify(Object.keys(require.cache))));`,
  );
  const { status, stderr } = spawnSync(process.execPath, ['-r', hook, binary, ...args], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  const files = JSON.parse(readFileSync(list, 'utf8')) as string[];
  expect(files.length).toBeGreaterThan(10);
  return HEAVY.filter((name) => files.some((file) => file.includes(`node_modules/${name}`)));
}

/** Each command's words, such as ["data", "info"]. */
const commands = program().commands.flatMap((command) =>
  command.commands.length > 0
    ? command.commands.map((inner) => [command.name(), inner.name()])
    : [[command.name()]],
);

it.each([[], ...commands].map((words) => [[...words, '--help']]))(
  'botlab %j loads nothing that computes',
  (args) => {
    expect(loadedBy(...args)).toEqual([]);
  },
);

it('extracts features to CSV, simulates, and counts rows with none of them', async () => {
  const { capture } = await new Workshop(folder).capture();
  expect(loadedBy('extract', capture, '-o', join(folder, 'rows.csv'))).toEqual([]);
  const out = join(folder, 'simulated');
  const chosen = ['--devices', 'Ennio_Doorbell', '--attacks', 'benign', '--scale', '0.001'];
  expect(loadedBy('simulate', '--out', out, ...chosen)).toEqual([]);
  expect(loadedBy('data', 'info', '--data', out)).toEqual([]);
});

it('sees what a command that computes loads, which is never what makes data frames', () => {
  const loaded = loadedBy('models');
  expect(loaded).toContain('@tensorflow/');
  expect(loaded).not.toContain('danfojs');
});
