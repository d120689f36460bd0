import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { hasModules, pythonEnvironment, pythons } from '../python.mjs';
import { refuse } from '../workspace.mjs';
import { ExecutionCache } from './execution-cache.mjs';
import { writeKernelspec } from './kernelspec.mjs';
import { notebookFile } from './names.mjs';
import { progressBar } from './progress-bar.mjs';

const script = fileURLToPath(new URL('execute.py', import.meta.url));

/** The first Python that can execute and export notebooks. */
export function notebookPython() {
  const found = pythons().find((python) => hasModules(python, 'nbclient', 'nbconvert'));
  return (
    found ??
    refuse(
      'No Python here has nbclient and nbconvert: run npm run lab -- --prepare, which makes .venv.',
    )
  );
}

/**
 * Executes notebooks, `parallel` at a time, each in a kernel of its own in the folder where it lies, and
 * writes the copies with outputs to `out`; a cell may take `timeout` seconds. What has not changed since it ran
 * to its end is taken from the cache, unless it is to be done `anew`. What one has trained, another that trains the
 * same, such as its translation or its solutions, takes from it. Gives each result,
 * { name, ok, seconds, error, cached }, to `onResult`, and returns them all. A signal that ends this process ends
 * the kernels too: it is returned as `stopped`.
 */
export async function executeNotebooks(names, { out, parallel, timeout, anew, onResult }) {
  const python = notebookPython();
  const scratch = mkdtempSync(join(tmpdir(), 'botlab-jupyter-'));
  // No kernel needs to be installed, and nothing is left in the user's folders.
  writeKernelspec(scratch);
  const env = pythonEnvironment({
    JUPYTER_PATH: scratch,
    JUPYTER_RUNTIME_DIR: join(scratch, 'runtime'),
    BOTLAB_RUNS: join(scratch, 'runs'),
  });
  const cache = new ExecutionCache();
  const running = new Set();
  let stopped;
  const stop = (signal) => {
    stopped = signal;
    for (const child of running) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, stop);
  const bar = await progressBar('executing');
  const results = [];
  const tell = (result) => {
    results.push(result);
    onResult(result);
  };
  const queue = [...names];
  const worker = async () => {
    while (queue.length > 0 && !stopped) {
      const name = queue.shift();
      const copy = join(out, `${name}.ipynb`);
      if (!anew && cache.take(name, copy)) {
        tell({ name, ok: true, seconds: 0, error: null, cached: true });
        continue;
      }
      const args = [script, notebookFile(name), copy, String(timeout)];
      const child = spawn(python, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
      running.add(child);
      const result = await resultOf(child, bar);
      running.delete(child);
      if (stopped) return;
      if (result.ok) cache.keep(name, copy);
      tell({ name, ...result, cached: false });
    }
  };
  try {
    await Promise.all(Array.from({ length: parallel }, worker));
  } finally {
    bar.stop();
    for (const signal of signals) process.off(signal, stop);
    rmSync(scratch, { recursive: true, force: true });
  }
  return { results, stopped };
}

/** What execute.py said of a notebook. */
async function resultOf(child, bar) {
  let result;
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (complaint += text));
  const ended = new Promise((resolve) => child.on('close', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line);
    if (said.cells !== undefined) bar.grow(said.cells);
    else if (said.done !== undefined) bar.step();
    else result = said;
  }
  await ended;
  return result ?? { ok: false, seconds: 0, error: `Python failed: ${complaint.trim()}` };
}
