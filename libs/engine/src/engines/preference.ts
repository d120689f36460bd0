import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { Engine } from './engine';
import { ENGINES } from './registry';
import { processor } from './processor';
import { lstm } from '../ops/recurrent-op';
import { type AdapterSearch, searchAdapter } from '../backends/webgpu/adapter-search';
import { dawnFile } from '../backends/webgpu/dawn';

/** What was found of this machine's graphics card: kept, for both take longer than many a command. */
interface Calibration {
  readonly search: AdapterSearch;
  /** When it was searched for, in milliseconds of unix time. */
  readonly searched: number;
  /** Milliseconds of {@link step} on the processor and on the card, where the card is real. */
  readonly milliseconds?: { readonly processor: number; readonly webgpu: number };
}

/** How long no adapter is searched for anew: a driver may be installed. In milliseconds. */
const VALID = 24 * 3600 * 1000;

/** How long steps are repeated, in milliseconds. */
const ENOUGH = 2000;

/** Beside what the build leaves for this machine. */
const FILE = join(__dirname, '..', '..', 'dist', 'webgpu', 'calibration.json');

/**
 * The engines in the order in which `auto` tries them: `webgpu` before all others where the adapter is a real
 * graphics card and a layer's training step was faster on it than on the processor.
 *
 * @param options `anew`: measures again, whatever was kept; `file`: where what was measured is kept
 */
export async function preferredEngines({ anew = false, file = FILE } = {}): Promise<
  readonly Engine[]
> {
  if (dawnFile() === undefined) return ENGINES;
  const { milliseconds } = await calibrate(file, anew);
  if (milliseconds === undefined || milliseconds.webgpu >= milliseconds.processor) return ENGINES;
  const isCard = ({ name }: Engine): boolean => name === 'webgpu';
  return [...ENGINES.filter(isCard), ...ENGINES.filter((engine) => !isCard(engine))];
}

async function calibrate(file: string, anew: boolean): Promise<Calibration> {
  const machine = fingerprint();
  const kept = anew ? undefined : readKept(file, machine);
  if (kept !== undefined && Date.now() - kept.searched < VALID) return kept;
  const search = await searchAdapter();
  const calibration: Calibration = { search, searched: Date.now(), ...(await measured(search)) };
  try {
    mkdirSync(dirname(file), { recursive: true });
    const partial = `${file}.${process.pid}.partial`;
    writeFileSync(partial, JSON.stringify({ machine, calibration }));
    renameSync(partial, file);
  } catch {
    // A folder that cannot be written: it is measured again next time.
  }
  return calibration;
}

/** What a calibration depends on: processor, versions, and what tells Vulkan which drivers to load. */
function fingerprint(): string {
  const drivers = Object.entries(process.env).filter(([name]) => name.startsWith('VK_'));
  const parts = [processor(), process.versions.node, dawnFile(), tf.version_core, drivers.sort()];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function readKept(file: string, machine: string): Calibration | undefined {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as {
      machine: string;
      calibration: Calibration;
    };
    return kept.machine === machine ? kept.calibration : undefined;
  } catch {
    return undefined; // none yet
  }
}

/** The times of both, where there is something to compare. */
async function measured(search: AdapterSearch): Promise<Pick<Calibration, 'milliseconds'>> {
  if (!('adapter' in search) || search.adapter.isSoftware) return {};
  const before = tf.getBackend();
  try {
    const times = new Map<string, number>();
    for (const engine of ENGINES) {
      const isCard = engine.name === 'webgpu';
      if (!isCard && times.has('processor')) continue;
      if (!(await engine.probe()).available || !(await tf.setBackend(engine.backend))) continue;
      times.set(isCard ? 'webgpu' : 'processor', await stepMilliseconds());
    }
    const [processor, webgpu] = [times.get('processor'), times.get('webgpu')];
    if (processor === undefined || webgpu === undefined) return {};
    return { milliseconds: { processor, webgpu } };
  } finally {
    if (before) await tf.setBackend(before);
  }
}

/** The best of some steps of an LSTM like those of Res-1DCNN-LSTM, the first of which compiles. */
async function stepMilliseconds(): Promise<number> {
  const [batch, time, inputs, units] = [512, 115, 32, 16];
  const operands = [
    [batch, time, inputs],
    [inputs, 4 * units],
    [units, 4 * units],
    [4 * units],
  ].map((shape, i) => tf.randomUniform(shape, -0.5, 0.5, 'float32', i + 1));
  const gradients = tf.grads((x, kernel, recurrentKernel, bias) =>
    lstm(
      x as tf.Tensor3D,
      kernel as tf.Tensor2D,
      recurrentKernel as tf.Tensor2D,
      bias as tf.Tensor1D,
    ),
  );
  let best = Infinity;
  for (let step = 0, spent = 0; step < 4 && spent < ENOUGH; step++) {
    const started = performance.now();
    const derived = gradients(operands);
    await derived[3]!.data(); // the bias's: a few numbers, which come last
    best = Math.min(best, performance.now() - started);
    spent += performance.now() - started;
    tf.dispose(derived);
  }
  tf.dispose(operands);
  return best;
}
