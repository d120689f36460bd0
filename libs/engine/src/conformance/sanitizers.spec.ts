import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { skipIf, slow } from '../../../../tools/testing/skip-if';

const room = join(__dirname, '..', '..');
const compiler = process.env['CXX'] ?? 'c++';

/** The library that has to be loaded before Node where the addon checks addresses; undefined without one. */
function runtime(): string | undefined {
  try {
    const args = ['-print-file-name=libasan.so'];
    const file = execFileSync(compiler, args, { encoding: 'utf8' }).trim();
    return process.platform === 'linux' && isAbsolute(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

const library = runtime();
const missing = library === undefined ? `${compiler} brings no address sanitizer` : undefined;

/** Neither TensorFlow nor a graphics card's driver is loaded: they were not compiled with sanitizers. */
const NATIVE_ALONE = {
  BOTLAB_ENGINES: 'native',
  BOTLAB_TFJS_NODE: '',
  NODE_PATH: '',
  VK_DRIVER_FILES: 'none',
  VK_ADD_DRIVER_FILES: 'none',
};

skipIf(missing ?? slow).describe('compiled with sanitizers', () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'botlab-sanitizers-'));
    const addon = join(folder, 'kernels.node');
    env = {
      ...process.env,
      LD_PRELOAD: library,
      ASAN_OPTIONS: 'detect_leaks=0', // of Node's own
      BOTLAB_ADDON: addon,
    };
    execFileSync(process.execPath, ['scripts/compile-native.mjs', '--sanitize', addon], {
      cwd: room,
    });
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('every kernel runs all of its cases without a complaint', () => {
    const jest = require.resolve('jest/bin/jest');
    const suites = ['kernel-conformance', 'tree-kernels', 'src/ops/(?!layers/|model/)'];
    const args = [jest, '--reporters=default', '--coverage=false', ...suites];
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd: room,
      env: { ...env, ...NATIVE_ALONE },
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    if (status !== 0) throw new Error(stderr.slice(-8000));
  }, 600_000);

  it('the checks see a kernel that writes beyond its array', () => {
    const script = `
      const { kernels, run } = require(process.env.BOTLAB_ADDON);
      run(kernels.indexOf('sumParts'), 64, 64, new Float32Array(63), 1, 64);`;
    const { status, stderr } = spawnSync(process.execPath, ['-e', script], {
      env,
      encoding: 'utf8',
    });
    expect(status).not.toBe(0);
    expect(stderr).toContain('heap-buffer-overflow');
  });
});
