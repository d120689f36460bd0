/**
 * What a person can mend: a wrong file, cell, name or option. Its message is one sentence that says
 * which file, row or column, what was expected and what to do; the command line prints it without a
 * stack trace and exits with `exitCode`.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly exitCode = 2;
}
