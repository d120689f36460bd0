import { z } from 'zod';
import type { TreeOpponent } from '../opponent-name';
import { PythonProcess } from '../process/python-process';
import type { TreeAnswers, TreeContestant } from './tree-contestant';
import type { TreeRowsFolder } from './tree-rows';
import { TREE_SETTINGS, type TreeTask } from './tree-task';

const Greeting = z.object({ title: z.string(), models: z.array(z.string()) });
const Rows = z.object({ train: z.number(), test: z.number() });
const Time = z.object({ ms: z.number() });
const Times = z.object({ ms: z.array(z.number()).min(1) });
const Answers = z.union([
  z.object({ labels: z.array(z.number()) }),
  z.object({ scores: z.array(z.number()) }),
]);
const Memory = z.object({ peakMemoryMB: z.number() });

/** Which opponent, and how it is to compute. */
export interface TreeOpponentSettings {
  readonly name: TreeOpponent;
  readonly threads: number;
  readonly signal: AbortSignal;
}

/** Trees of LightGBM or scikit-learn, in a Python process of their own (libs/bench/python/tree_models.py). */
export class TreeOpponentProcess implements TreeContestant {
  private constructor(
    /** What it is, with its version, for a person. */
    readonly title: string,
    private readonly process: PythonProcess,
  ) {}

  /**
   * Starts the process; the caller closes it.
   *
   * @throws InputError where there is no Python, or none with the package; the signal's reason
   */
  static async start({
    name,
    threads,
    signal,
  }: TreeOpponentSettings): Promise<TreeOpponentProcess> {
    const { process, greeting } = await PythonProcess.start(
      { script: 'tree_models.py', args: [String(threads), name], needs: name, signal },
      Greeting,
    );
    return new TreeOpponentProcess(greeting.title, process);
  }

  /** Reads the rows that it works on from now on. */
  async read({ folder, features, classes }: TreeRowsFolder): Promise<void> {
    Rows.parse(await this.process.ask({ work: 'rows', folder, features, classes }));
  }

  async fit({ model, seed }: TreeTask): Promise<number> {
    const question = { work: 'fit', model, seed, settings: TREE_SETTINGS[model] };
    return Time.parse(await this.process.ask(question)).ms;
  }

  async answers(): Promise<TreeAnswers> {
    return Answers.parse(await this.process.ask({ work: 'answers' }));
  }

  async infer(batch: number, steps: number): Promise<number> {
    const { ms } = Times.parse(await this.process.ask({ work: 'infer', batch, steps }));
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
