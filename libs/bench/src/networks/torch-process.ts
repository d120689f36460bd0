import { z } from 'zod';
import type { BenchTask } from './bench-task';
import { PythonProcess } from '../process/python-process';

const Greeting = z.object({
  torch: z.string(),
  models: z.array(z.string()),
  device: z.string().optional(),
});
const Times = z.object({ ms: z.array(z.number()).min(1) });
const Memory = z.object({ peakMemoryMB: z.number() });

/** How PyTorch is to compute. */
export interface TorchSettings {
  readonly threads: number;
  /** On a graphics card, where it finds one; else on the processor. */
  readonly onCard: boolean;
  readonly signal: AbortSignal;
}

/** A Python process with the models in PyTorch (libs/bench/python/torch_models.py). */
export class TorchProcess {
  private constructor(private readonly process: PythonProcess) {}

  /**
   * Starts the process; the caller closes it.
   *
   * @throws InputError where there is no Python, or none with PyTorch; the signal's reason
   */
  static async start({
    threads,
    onCard,
    signal,
  }: TorchSettings): Promise<{ torch: TorchProcess; title: string; models: readonly string[] }> {
    const args = [String(threads), ...(onCard ? ['cuda'] : [])];
    const program = { script: 'torch_models.py', args, needs: 'torch', signal };
    const { process, greeting } = await PythonProcess.start(program, Greeting);
    const { torch: version, device, models } = greeting;
    const title = `PyTorch ${version}${device === undefined ? '' : ` on ${device}`}`;
    return { torch: new TorchProcess(process), title, models };
  }

  /** Does steps, and returns the mean time of one in milliseconds. */
  async round(task: BenchTask, steps: number): Promise<number> {
    const { ms } = Times.parse(await this.process.ask({ ...task, steps }));
    return ms.reduce((sum, time) => sum + time, 0) / ms.length;
  }

  /** The most memory that the process has had, in MB. */
  async peakMemoryMB(): Promise<number> {
    return Memory.parse(await this.process.ask({ work: 'memory' })).peakMemoryMB;
  }

  /** Ends the process. */
  close(): Promise<void> {
    return this.process.close();
  }
}
