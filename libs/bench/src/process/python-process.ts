import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { InputError } from '@botlab/errors';
import { z } from 'zod';
import { interpreter } from '../interpreter';

const scripts = join(__dirname, '..', '..', 'python');

const Missing = z.object({ missing: z.string() });

/** What runs, and how. */
export interface PythonProgram {
  /** File of this room's folder python. */
  readonly script: string;
  readonly args: readonly string[];
  /** The package that it is compared with, as pip calls it. */
  readonly needs: string;
  readonly signal: AbortSignal;
}

/** A Python process that answers one question at a time, a line of JSON each, and waits in between. */
export class PythonProcess {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;
  private readonly ended: Promise<void>;
  private readonly signal: AbortSignal;
  private errors = '';

  private constructor(
    private readonly python: string,
    private readonly script: string,
    { args, signal }: PythonProgram,
  ) {
    this.signal = signal;
    const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
    this.child = spawn(python, [script, ...args], { env });
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
   * Starts the process, which greets with a line; the caller closes it.
   *
   * @throws InputError where there is no Python, or none with the package; the signal's reason
   */
  static async start<Greeting>(
    program: PythonProgram,
    greeting: z.ZodType<Greeting>,
  ): Promise<{ process: PythonProcess; greeting: Greeting }> {
    const { needs, signal } = program;
    signal.throwIfAborted();
    const process = new PythonProcess(interpreter(), join(scripts, program.script), program);
    try {
      const answer = z.union([greeting, Missing]).parse(await process.read());
      const missing = Missing.safeParse(answer);
      if (missing.success) throw new Error(missing.data.missing);
      return { process, greeting: greeting.parse(answer) };
    } catch (error) {
      await process.close();
      signal.throwIfAborted();
      const reason = process.errors || (error as Error).message;
      throw new InputError(
        `Cannot compare with ${needs}: ${process.python} cannot import it (${reason.trim().split('\n').at(-1)}); ` +
          `pip install ${needs}, or set BOTLAB_PYTHON to a Python that has it.`,
      );
    }
  }

  ask(question: object): Promise<unknown> {
    this.child.stdin.write(`${JSON.stringify(question)}\n`);
    return this.read();
  }

  /** Ends the process. */
  async close(): Promise<void> {
    this.signal.removeEventListener('abort', this.kill);
    this.kill();
    await this.ended;
  }

  private readonly kill = (): void => void this.child.kill('SIGKILL');

  private async read(): Promise<unknown> {
    const line = await this.lines.next();
    if (line.done !== true) return JSON.parse(line.value) as unknown;
    await this.ended;
    this.signal.throwIfAborted();
    throw new Error(`${this.python} ${this.script} ended: ${this.errors}`);
  }
}
