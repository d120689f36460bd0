import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { skipIf } from '../../tools/testing/skip-if';
import { withoutWebGPU } from '../../tools/testing/webgpu';
import { botlab, botlabWith, type Finished, startBotlabWith, temporaryFolder } from './botlab';
import { fakeTorch } from './fake-torch';

const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));

const quick = ['--engine', 'reference', '--batch', '4', '--rounds', '3', '--seconds', '0.01'];
const dense = ['bench', '--model', 'dense', ...quick];
const greeting = { torch: '9.9', models: ['dense', 'res-1dcnn-lstm'] };

/** Every row of `--json`. */
function rowsOf({ code, stdout, stderr }: Finished): Record<string, unknown>[] {
  // TensorFlow's library tells of itself on some processors, whatever its log level.
  const own = stderr.replace(/^(WARNING: All log messages before absl|I0000 ).*\n/gm, '');
  expect({ code, stderr: own }).toEqual({ code: 0, stderr: '' });
  return (JSON.parse(stdout) as { rows: Record<string, unknown>[] }).rows;
}

/** One sentence on stderr and exit code 2. */
function expectRefusal({ code, stdout, stderr }: Finished, pattern: RegExp): void {
  expect(stderr).toMatch(pattern);
  expect(stderr).toMatch(/^botlab: \S[^\n]*[.?]\n$/);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
}

describe('alone', () => {
  it('gives a row for each kind of work', () => {
    const rows = rowsOf(botlab(...dense, '--threads', '1', '--json'));
    const number = expect.any(Number) as number;
    const same = { engine: 'reference', model: 'dense', batch: 4, width: null, threads: 1 };
    const compared = { against: null, againstMs: null, ratio: null };
    expect(rows).toEqual(
      ['train', 'infer'].map((work) => ({
        ...{ ...same, work, ...compared },
        ms: number,
        rowsPerSecond: number,
      })),
    );
    for (const { ms, rowsPerSecond } of rows as { ms: number; rowsPerSecond: number }[]) {
      expect(ms).toBeGreaterThan(0);
      expect(rowsPerSecond).toBeCloseTo(4000 / ms, 6);
    }
  });

  it('measures every model by default; --width is for the one that has it', () => {
    const rows = rowsOf(
      botlab(
        ...['bench', ...quick, '--batch', '1', '--rounds', '1'],
        ...['--work', 'infer', '--width', '2', '--json'],
      ),
    );
    expect(rows.map(({ model, width }) => [model, width])).toEqual([
      ['dense', null],
      ['gru', null],
      ['cnn1d', null],
      ['cnn-lstm', null],
      ['res-1dcnn-lstm', 2],
      ['bert', null],
    ]);
  });

  it('prints a table that says the rows are synthetic', () => {
    const { stdout, stderr } = botlab(...dense, '--work', 'train', '--threads', '1');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^Synthetic rows: 115 .* 11 classes; 4 in a batch; 1 thread\.\n/);
    expect(stdout).toMatch(/\n\| model +\| +work \| ms a step \| steps\/s \| rows\/s \|\n/);
    expect(stdout).toMatch(/\n\| dense +\| train \| /);
  });

  it('measures the memory of training', () => {
    const [train, infer] = rowsOf(botlab(...dense, '--memory', '--json'));
    expect(train!['peakMemoryMB']).toBeGreaterThan(30);
    expect(train!['peakMemoryMB']).toBeLessThan(1000);
    expect(Object.keys(train!)).not.toContain('againstPeakMemoryMB');
    expect(Object.keys(infer!)).not.toContain('peakMemoryMB');
  });
});

describe('--profile-kernels', () => {
  interface Profile {
    readonly ms: number;
    readonly outsideMs: number;
    readonly kernels: { name: string; calls: number; ms: number; share: number }[];
  }

  it('shares out the time of a training step', () => {
    const { code, stdout } = botlab(...dense, '--profile-kernels', '--json');
    expect(code).toBe(0);
    const [profile, ...more] = (JSON.parse(stdout) as { profiles: Profile[] }).profiles;
    expect(more).toEqual([]);
    const { ms, outsideMs, kernels } = profile!;
    expect(profile).toMatchObject({ engine: 'reference', model: 'dense', batch: 4, width: null });
    const sum = kernels.reduce((total, kernel) => total + kernel.ms, outsideMs);
    expect(sum).toBeCloseTo(ms, 6);
    for (const kernel of kernels) {
      expect(kernel.share).toBeCloseTo(kernel.ms / ms, 6);
      expect(Number.isInteger(kernel.calls)).toBe(true);
    }
    const times = kernels.map((kernel) => kernel.ms);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  it('as a table, with what is outside of kernels', () => {
    const { stdout } = botlab(...dense, '--profile-kernels');
    expect(stdout).toMatch(/^Synthetic rows: /);
    expect(stdout).toMatch(/\n\| dense: kernel +\| calls a step \| ms a step \| +% \|\n/);
    expect(stdout).toMatch(/\n\| tfjs and JavaScript +\| +\| /);
    expect(stdout).toMatch(/\n\| a training step +\| .* 100\.00 \|\n$/);
  });
});

describe('--count-dispatches', () => {
  const bench = (engine: string, ...more: string[]): Finished =>
    botlab('bench', '--engine', engine, '--count-dispatches', '--batch', '2', ...more);

  skipIf(withoutWebGPU).it('a training step of the reference model takes 150 at most', () => {
    const finished = bench('webgpu', '--json');
    expect(finished).toMatchObject({ code: 0, stderr: '' });
    const { dispatchesPerStep, rows } = JSON.parse(finished.stdout) as {
      dispatchesPerStep: number;
      rows: object[];
    };
    const task = { engine: 'webgpu', model: 'res-1dcnn-lstm', batch: 2, width: 16 };
    expect(rows).toEqual([{ ...task, dispatchesPerStep }]);
    expect(dispatchesPerStep).toBeGreaterThan(50);
    expect(dispatchesPerStep).toBeLessThanOrEqual(150);
  });

  it('refuses an engine that has none', () => {
    expectRefusal(bench('reference', '--model', 'dense'), /has none; use --engine webgpu\.\n$/);
  });
});

describe('--against torch', () => {
  const against = (python: string, ...more: string[]) =>
    botlabWith({ BOTLAB_PYTHON: python }, ...dense, '--against', 'torch', ...more);

  it('takes turns, and compares the medians', () => {
    const torch = fakeTorch(root, greeting, 'return { ms: Array(question.steps).fill(2) };');
    const [row] = rowsOf(against(torch.python, '--work', 'train', '--threads', '3', '--json'));
    expect(row).toMatchObject({
      against: 'torch',
      againstMs: 2,
      ratio: (row!['ms'] as number) / 2,
    });
    const [script, threads] = torch.args();
    expect(script).toMatch(/bench.python.torch_models\.py$/);
    expect(threads).toBe('3');
    const asked = torch.questions();
    const same = { model: 'dense', work: 'train', batch: 4, width: null };
    // Two rounds to warm up, then three of as many steps as last 0.01 s at 2 ms.
    expect(asked.map(({ steps }) => steps)).toEqual([1, 5, 5, 5, 5]);
    for (const question of asked) expect(question).toMatchObject(same);
    // Between two of its rounds there was one of ours: no fewer than five steps of some time each.
    const rounds = asked.slice(2);
    rounds.slice(1).forEach((question, i) => {
      expect(question.asked - rounds[i]!.answered).toBeGreaterThan((row!['ms'] as number) * 2);
    });
  });

  it('hands on the width, and prints the ratio', () => {
    const torch = fakeTorch(root, greeting, 'return { ms: Array(question.steps).fill(2) };');
    const { stdout } = botlabWith(
      { BOTLAB_PYTHON: torch.python },
      ...['bench', '--model', 'res-1dcnn-lstm', ...quick, '--rounds', '1', '--width', '2'],
      ...['--work', 'infer', '--against', 'torch'],
    );
    expect(torch.questions()[0]).toMatchObject({ model: 'res-1dcnn-lstm', width: 2 });
    expect(stdout).toMatch(/against PyTorch 9\.9, in turns\.\n/);
    expect(stdout).toMatch(/\| rows\/s \| torch, ms \| ours \/ torch \|\n/);
    expect(stdout).toMatch(/\n\| res-1dcnn-lstm width=2 \| infer \| .* \| +2 \| +\d+\.\d\d \|\n/);
  });

  skipIf(withoutWebGPU).it(
    'on a graphics card it asks for PyTorch with CUDA, and says on what that ran',
    () => {
      const torch = fakeTorch(root, { ...greeting, device: 'ACME 9000' }, 'return { ms: [2] };');
      const { code, stdout, stderr } = botlabWith(
        { BOTLAB_PYTHON: torch.python },
        ...['bench', '--model', 'dense', '--engine', 'webgpu', '--batch', '4', '--rounds', '1'],
        ...['--seconds', '0.01', '--work', 'train', '--threads', '3', '--against', 'torch'],
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(torch.args().slice(1)).toEqual(['3', 'cuda']);
      expect(stdout).toMatch(/^Engine webgpu \(.*against PyTorch 9\.9 on ACME 9000, in turns\.$/m);
    },
  );

  it('asks a new process for the memory of training', () => {
    const torch = fakeTorch(
      root,
      greeting,
      'return question.work === "memory" ? { peakMemoryMB: 321 } : { ms: [2] };',
    );
    const [row] = rowsOf(against(torch.python, '--work', 'train', '--memory', '--json'));
    expect(row).toMatchObject({ againstPeakMemoryMB: 321 });
    const [training, memory] = torch.questions().slice(-2);
    expect(training).toMatchObject({ work: 'train', model: 'dense', steps: 10 });
    expect(memory).toMatchObject({ work: 'memory' });
  });

  it.each([
    ['without torch', { missing: "No module named 'torch'" }, /\(No module named 'torch'\)/],
    ['without an answer', '', /cannot import it/],
    ['that is none', 'hello', /cannot import it/],
  ])('refuses a Python %s', (_, line, reason) => {
    const torch = fakeTorch(root, line, '');
    const result = against(line === '' ? 'false' : torch.python);
    expectRefusal(result, reason);
    expect(result.stderr).toMatch(/^botlab: Cannot compare with torch: .*; pip install torch, or /);
  });

  it('refuses a Python that is not there', () => {
    expectRefusal(against('/absent/python'), /\/absent\/python cannot import it \(.*ENOENT\)/);
  });

  it('refuses a model that has no counterpart', () => {
    const torch = fakeTorch(root, { torch: '9.9', models: ['gru'] }, '');
    expectRefusal(against(torch.python), /Cannot compare dense with torch: .* --model: gru\.\n$/);
  });

  it('stops at Ctrl-C, and Python with it', async () => {
    const torch = fakeTorch(root, greeting, 'return undefined;');
    const child = startBotlabWith({ BOTLAB_PYTHON: torch.python }, ...dense, '--against', 'torch');
    const exit = once(child, 'exit');
    while (torch.questions().length === 0) await setTimeout(50);
    child.kill('SIGINT');
    expect(await exit).toEqual([130, null]);
    expect(() => process.kill(torch.pid(), 0)).toThrow('ESRCH');
  });
});

it.each<[string, string[], RegExp]>([
  ['an unknown model', ['--model', 'dense', 'grv'], /"grv".*did you mean "gru"\?/],
  ['an unknown engine', ['--engine', 'cuda'], /reference/],
  ['an unknown kind of work', ['--work', 'rest'], /train, infer, all/],
  ['an unknown opponent', ['--against', 'jax'], /torch, tfjs-node/],
  ['a batch of nothing', ['--batch', '0'], /--batch.*Expected a whole number from 1/],
  ['a batch of all there is', ['--batch', '2147483647'], /--batch.*from 1 to 1048576;/],
  [
    'a width that no memory holds',
    ['--model', 'res-1dcnn-lstm', '--width', '2147483647'],
    /Cannot build res-1dcnn-lstm .*make it smaller/,
  ],
  ['half a thread', ['--threads', '0.5'], /--threads.*Expected a whole number from 1/],
  ['a width that is none', ['--width', 'wide'], /--width.*Expected a whole number from 1/],
  ['no time', ['--seconds', '0'], /--seconds.*Expected a number above 0/],
  ['no rounds', ['--rounds', '0'], /--rounds.*Expected a whole number from 1/],
  ['memory of inference', ['--memory', '--work', 'infer'], /it is the memory of training/],
  ['a comparison of a profile', ['--profile-kernels', '--against', 'torch'], /cannot be used with/],
])('refuses %s', (_, args, pattern) => expectRefusal(botlab('bench', ...args), pattern));

const installed = botlab('bench', ...quick, '--model', 'dense', '--against', 'tfjs-node', '--json');
if (installed.code === 0) {
  it('--against tfjs-node: each on its own engine', () => {
    for (const row of rowsOf(installed)) {
      expect(row).toMatchObject({ engine: 'reference', against: 'tfjs-node' });
      expect(row['againstMs']).toBeGreaterThan(0);
    }
  });
} else {
  it('--against tfjs-node: refused where it is not installed', () => {
    expectRefusal(installed, /^botlab: Cannot use the engine "tensorflow": .*npm install/);
  });
}
