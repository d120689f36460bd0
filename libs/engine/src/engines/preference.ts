import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { lstm } from '../ops/recurrent-op';
import type { CardSearch, Engine } from './engine';
import { processor } from './processor';
import { engines } from './registry';

/** What was found of this machine's graphics cards: kept, for it takes longer than many a command. */
interface Calibration {
  /** When they were searched for, in milliseconds of unix time. */
  readonly searched: number;
  /**
   * Milliseconds of a step by the engine's name: of the first that can run without a search, and of those that
   * have found a card; undefined where there is nothing to compare.
   */
  readonly milliseconds?: Readonly<Record<string, number>>;
}

/** How long no adapter is searched for anew: a driver may be installed. In milliseconds. */
const VALID = 24 * 3600 * 1000;

/** How long steps are repeated, in milliseconds. */
const ENOUGH = 2000;

/** Beside what the build leaves for this machine. */
const FILE = join(__dirname, '..', '..', 'dist', 'webgpu', 'calibration.json');

/** An engine that `auto` measures. */
type Candidate = Engine & { readonly cardSearch: CardSearch };

/**
 * The engines in the order in which `auto` tries them: one with a real graphics card before all others where a
 * layer's training step was faster on it than on the processor, the fastest first.
 *
 * @param options `anew`: measures again, whatever was kept; `file`: where what was measured is kept
 */
export async function preferredEngines({ anew = false, file = FILE } = {}): Promise<
  readonly Engine[]
> {
  const candidates = engines().filter((engine): engine is Candidate => {
    return engine.cardSearch?.fingerprint() !== undefined;
  });
  if (candidates.length === 0) return engines();
  const { milliseconds = {} } = await calibrate(candidates, file, anew);
  const time = ({ name }: Engine): number => milliseconds[name] ?? Infinity;
  const usual = Math.min(
    ...engines()
      .filter(({ cardSearch }) => !cardSearch)
      .map(time),
  );
  const faster = candidates.filter((engine) => time(engine) < usual);
  faster.sort((one, other) => time(one) - time(other));
  return [...faster, ...engines().filter((engine) => !faster.includes(engine as Candidate))];
}

async function calibrate(
  candidates: readonly Candidate[],
  file: string,
  anew: boolean,
): Promise<Calibration> {
  const machine = fingerprint(candidates);
  const kept = anew ? undefined : readKept(file, machine);
  if (kept !== undefined && Date.now() - kept.searched < VALID) return kept;
  const found: Candidate[] = [];
  for (const engine of candidates) if (await engine.cardSearch.findsCard()) found.push(engine);
  const calibration: Calibration = { searched: Date.now(), ...(await measured(found)) };
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

/** What a calibration depends on: processor, versions, and what each engine's search does. */
function fingerprint(candidates: readonly Candidate[]): string {
  const searches = candidates.map(({ name, cardSearch }) => [name, cardSearch.fingerprint()]);
  const parts = [processor(), process.versions.node, tf.version_core, searches];
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

/** The times of engines with a card and of the first without a search, where there is something to compare. */
async function measured(cards: readonly Candidate[]): Promise<Pick<Calibration, 'milliseconds'>> {
  if (cards.length === 0) return {};
  const before = tf.getBackend();
  try {
    const milliseconds: Record<string, number> = {};
    const measure = async (engine: Engine): Promise<boolean> => {
      if (!(await engine.probe()).available || !(await tf.setBackend(engine.backend))) return false;
      milliseconds[engine.name] = await stepMilliseconds();
      return true;
    };
    let isComparable = false;
    for (const engine of engines()) {
      if (!isComparable && engine.cardSearch === undefined) isComparable = await measure(engine);
    }
    for (const engine of cards) await measure(engine);
    return isComparable && Object.keys(milliseconds).length > 1 ? { milliseconds } : {};
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
