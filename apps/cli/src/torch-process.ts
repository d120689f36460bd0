import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { InputError } from '@botlab/errors';
import { z } from 'zod';
import type { BenchTask } from './bench-task';
import { interpreter } from './interpreter';

const script = join(__dirname, '..', '..', '..', 'test', 'bench', 'torch_models.py');

const Greeting = z.union([
  z.object({ torch: z.string(), models: z.array(z.string()), device: z.string().optional() }),
  z.object({ missing: z.string() }),
]);
const Times = z.object({ ms: z.array(z.number()).min(1) });
const Memory = z.object({ peakMemoryMB: z.number() });

/** How PyTorch is to compute. */
export interface TorchSettings {
  readonly threads: number;
  /** On a graphics card, where it finds one; else on the processor. */
  readonly onCard: boolean;
  readonly signal: AbortSignal;
}

/**
 * A Python process with the models in PyTorch (test/bench/torch_models.py). It answers one question at a
 * time and leaves the processor alone in between.
 */
export class TorchProcess {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;
  private readonly ended: Promise<void>;
  private readonly signal: AbortSignal;
  private errors = '';

  private constructor(
    private readonly python: string,
    { threads, onCard, signal }: TorchSettings,
  ) {
    this.signal = signal;
    this.child = spawn(python, [script, String(threads), ...(onCard ? ['cuda'] : [])]);
    this.lines = createInterface(this.child.stdout)[Symbol.asyncIterator]();
    this.child.stdin.on('error', () => undefined); // it has ended, which read() says
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.errors = `${this.errors}${text}`.slice(-10_000);
    });
    this.ended = new Promise((resolve) => {
      this.child.once('close', () => resolve());
      this.child.once('error', ({ message }) => {
        this.errors = message;
        resolve();
      });
    });
    signal.addEventListener('abort', this.kill);
  }

  /**
   * Starts the process; the caller closes it.
   *
   * @throws InputError where there is no Python, or none with PyTorch; the signal's reason
   */
  static async start(
    settings: TorchSettings,
  ): Promise<{ torch: TorchProcess; title: string; models: readonly string[] }> {
    const { signal } = settings;
    signal.throwIfAborted();
    const torch = new TorchProcess(interpreter(), settings);
    try {
      const greeting = Greeting.parse(await torch.read());
      if ('missing' in greeting) throw new Error(greeting.missing);
      const { torch: version, device, models } = greeting;
      const title = `PyTorch ${version}${device === undefined ? '' : ` on ${device}`}`;
      return { torch, title, models };
    } catch (error) {
      await torch.close();
      signal.throwIfAborted();
      const reason = torch.errors || (error as Error).message;
      throw new InputError(
        `Cannot compare with torch: ${torch.python} cannot import it (${reason.trim().split('\n').at(-1)}); ` +
          'pip install torch, or set BOTLAB_PYTHON to a Python that has it.',
      );
    }
  }

  /** Does steps, and returns the mean time of one in milliseconds. */
  async round(task: BenchTask, steps: number): Promise<number> {
    const { ms } = Times.parse(await this.ask({ ...task, steps }));
    return ms.reduce((sum, time) => sum + time, 0) / ms.length;
  }

  /** The most memory that the process has had, in MB. */
  async peakMemoryMB(): Promise<number> {
    return Memory.parse(await this.ask({ work: 'memory' })).peakMemoryMB;
  }

  /** Ends the process. */
  async close(): Promise<void> {
    this.signal.removeEventListener('abort', this.kill);
    this.kill();
    await this.ended;
  }

  private readonly kill = (): void => void this.child.kill('SIGKILL');

  private ask(question: object): Promise<unknown> {
    this.child.stdin.write(`${JSON.stringify(question)}\n`);
    return this.read();
  }

  private async read(): Promise<unknown> {
    const line = await this.lines.next();
    if (line.done !== true) return JSON.parse(line.value) as unknown;
    await this.ended;
    this.signal.throwIfAborted();
    throw new Error(`${this.python} ${script} ended: ${this.errors}`);
  }
}
