import { DeviceLost } from '@botlab/engine/light';
import { fileError, InputError } from '@botlab/errors';
import { CommanderError } from 'commander';
import { Interrupted } from './interruption';
import { program } from './program';

export { program };

/**
 * Runs a command line and returns its exit code: 0, 2 for bad input (one sentence on stderr), 130 after
 * an interruption, 1 for a lost device (one sentence) or a fault of the program itself (with its stack trace).
 */
export async function main(argv: readonly string[]): Promise<number> {
  let code = 0;
  try {
    await program().parseAsync([...argv], { from: 'user' });
  } catch (error) {
    code = report(error);
  }
  finished = code;
  return code;
}

/** What main has returned: a stream's error may come later. */
let finished: number | undefined;

/** A reader that closes its end, such as head, is no error; a full disk gets its sentence. */
function endAtOnce(error: NodeJS.ErrnoException): void {
  process.exit(error.code === 'EPIPE' ? 0 : report(fileError('write', 'standard output', error)));
}
process.stdout.on('error', endAtOnce); // for good: the error may come after main has returned
// Nobody can be told why; what was not finished counts as interrupted, as files are whole or not there.
process.stderr.on('error', () => process.exit(finished ?? 130));

/** The sentence for a fault of the file system that no library has given one, such as too many open files. */
function sentence(error: unknown): unknown {
  const { path, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  return path === undefined || syscall === undefined ? error : fileError('use', path, error);
}

function report(thrown: unknown): number {
  const error = sentence(thrown);
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0; // help or version, printed already
    const fault = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
    const hint = fault === '(outputHelp)' ? 'name a command' : fault;
    process.stderr.write(`botlab: ${hint}; see botlab --help.\n`);
    return 2;
  }
  if (error instanceof Interrupted) {
    process.stderr.write(`botlab: ${error.message}\n`);
    return 130;
  }
  if (error instanceof DeviceLost) {
    process.stderr.write(
      `botlab: ${error.message}; run the command again, or use --engine native.\n`,
    );
    return 1;
  }
  if (error instanceof InputError) {
    process.stderr.write(`botlab: ${error.message}\n`);
    return error.exitCode;
  }
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return 1;
}
