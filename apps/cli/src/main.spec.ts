import { main } from './main';

let stdout: string;
let stderr: string;

beforeEach(() => {
  stdout = '';
  stderr = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text);
    return true;
  });
});
afterEach(() => jest.restoreAllMocks());

it('prints the help of every command', async () => {
  expect(await main(['--help'])).toBe(0);
  const commands = [...stdout.matchAll(/^ {2}([a-z][a-z0-9]+)\b/gm)].map(([, name]) => name!);
  expect(commands).toEqual(
    expect.arrayContaining(['table1', 'train', 'evaluate', 'report', 'models', 'data', 'doctor']),
  );
  for (const command of commands) {
    stdout = '';
    expect(await main([command, '--help'])).toBe(0);
    expect(stdout).toContain(`botlab ${command}`);
  }
});

it.each([
  [
    ['tabel1'],
    /^botlab: unknown command 'tabel1' \(Did you mean table1\?\); see botlab --help\.\n$/,
  ],
  [['models', '--jsn'], /^botlab: unknown option '--jsn' \(Did you mean --json\?\); see .*\n$/],
  [['train'], /^botlab: missing required argument 'model'; see .*\n$/],
  [
    ['table1', '--seeds', '0'],
    /^botlab: .*--seeds.*Expected a whole number from 1 to 1000; see .*\n$/,
  ],
  [['table1', '--models', 'a,,b'], /Expected names separated by commas; see/],
  [['train', 'gru', '--set', 'width'], /^botlab: Cannot set "width": expected NAME=VALUE.*\.\n$/],
  [['train', 'gru', '--schedule', 'step:0:1'], /Expected constant, cosine or step:EVERY:FACTOR/],
  [[], /^botlab: name a command; see botlab --help\.\n$/],
])('refuses %j with one sentence and exit code 2', async (args, expected) => {
  expect(await main(args)).toBe(2);
  expect(stderr).toMatch(expected);
  expect(stdout).toBe('');
});

it('prints its version', async () => {
  expect(await main(['--version'])).toBe(0);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

it('says which schedule is taken where none is named', async () => {
  expect(await main(['train', '--help'])).toBe(0);
  const help = stdout.replace(/\s+/g, ' ');
  expect(help).toContain("(default: the profile's: quick cosine, paper constant)");
});

it('lists the models with their options and the figures of the paper', async () => {
  expect(await main(['models'])).toBe(0);
  expect(stdout).toMatch(
    /\| res-1dcnn-lstm +\| +network \| +binary, multiclass \| +75,579 \| +98\.89 \/ 99\.32 \| +87\.53 \/ 88\.56 \|/,
  );
  expect(stdout).toMatch(/\| majority +\| +rule \| +binary, multiclass \| +– \| +– \| +– \|/);
  expect(stdout).toMatch(/^ {2}options: width=16 blocks=/m);
});
