import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { skipIf, slow } from '../../tools/testing/skip-if';
import { temporaryFolder } from '../cli/botlab';
import { commandsOf, filesBelow, root } from '../readme';

const home = temporaryFolder();
const packages = join(home, 'packages');
const project = join(home, 'own-model');
const example = join('examples', 'own-model');
afterAll(() => rmSync(home, { recursive: true }));

/** What a program printed on standard output; it has to end well. */
function output(program: string, args: readonly string[], cwd: string): string {
  // npm and npx are scripts of the shell's on Windows.
  const shell = process.platform === 'win32' && program !== process.execPath;
  // What npm tells the tests' own scripts is not for those that it starts here.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_|^INIT_CWD$|^NODE_OPTIONS$/i.test(name)),
  );
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    shell,
    env,
  });
  expect([program, ...args, status, status === 0 ? '' : stdout + stderr]).toEqual([
    ...[program, ...args, 0, ''],
  ]);
  return stdout;
}

skipIf(slow).describe('packages, installed into a folder outside the checkout', () => {
  beforeAll(() => {
    output(process.execPath, [join(root, 'tools', 'pack.mjs'), '--out', packages], root);
    mkdirSync(project);
    cpSync(join(root, example), project, {
      recursive: true,
      filter: (file) => !/node_modules|runs/.test(file.slice(root.length)),
    });
    const files = readdirSync(packages).map((file) => join(packages, file));
    output('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...files], project);
  }, 900_000);

  it('are one of each room, with what it needs to run and no more', () => {
    const rooms = readdirSync(join(root, 'libs')).filter((room) =>
      existsSync(join(root, 'libs', room, 'package.json')),
    );
    const installed = join(project, 'node_modules', '@botlab');
    expect(readdirSync(installed).sort()).toEqual([...rooms, 'cli'].sort());
    const files = filesBelow(installed).map((file) => file.replaceAll('\\', '/'));
    expect(files.filter((file) => /\.spec\.|\.map$|tsbuildinfo|jest\.config/.test(file))).toEqual(
      [],
    );
    for (const room of [...rooms, 'cli']) {
      expect(files).toEqual(expect.arrayContaining([`${room}/LICENSE`, `${room}/README.md`]));
    }
    expect(files).toEqual(
      expect.arrayContaining([
        'bench/python/torch_models.py',
        'cli/bin/botlab.js',
        'engine/wasm/kernels.simd.wasm',
        'engine/src/backends/cpp/native.cpp',
        'data/dist/parquet-sink/parquet-worker.js',
        'training/dist/plugins/import-hook.mjs',
      ]),
    );
  });

  it('tell of no command that a checkout alone has', () => {
    const found = output('npx', ['botlab', 'doctor'], project);
    expect(found).toMatch(/^ok +Node/m);
    expect(found).not.toMatch(/npm run |Jupyter/);
  });

  it('train Table 1', () => {
    const printed = output('npx', ['botlab', 'table1', '--rows', '300', '--epochs', '1'], project);
    expect(printed).toMatch(/\| Res-1DCNN-LSTM +\| /);
    expect(printed).toMatch(/\| Gradient boosting +\| /);
    expect(existsSync(join(project, 'runs', 'table1-quick-rows300-epochs1', 'report.html'))).toBe(
      true,
    );
  });

  const [install, ...commands] = commandsOf(join(example, 'README.md'));
  it.each(commands)(`after ${install!.split(' ').slice(0, 2).join(' ')}: %s`, (command) => {
    const [program = '', ...args] = command.split(' ');
    const printed = output(program, args, project);
    expect(printed).toMatch(args[0] === 'test' ? /pass [1-9]\d*\n[^]*fail 0\n/ : /own.model/i);
  });
});
