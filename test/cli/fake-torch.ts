import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A question that a {@link FakeTorch} was asked, with whatever else it holds. */
export interface Question {
  readonly work: string;
  readonly model?: string;
  readonly batch?: number;
  readonly width?: number | null;
  readonly steps?: number;
  /** When it was asked, and when the answer was sent, in milliseconds. */
  readonly asked: number;
  readonly answered: number;
}

/** What stands in for a Python with PyTorch: set BOTLAB_PYTHON to its `python`. */
export interface FakeTorch {
  readonly python: string;
  /** The arguments that it was started with. */
  args(): string[];
  /** What it was asked, in order. */
  questions(): Question[];
  /** Process id. */
  pid(): number;
}

/**
 * Makes a program that greets with one line and answers each question.
 *
 * @param root the folder that it is put in
 * @param greeting the line, "" for none
 * @param answer the body of a function of `question`: what it answers; undefined for never
 */
export function fakeTorch(root: string, greeting: object | string, answer = ''): FakeTorch {
  const folder = mkdtempSync(join(root, 'torch-'));
  const python = join(folder, 'python');
  const [started, log] = [join(folder, 'started.json'), join(folder, 'questions.jsonl')];
  writeFileSync(log, '');
  const line = typeof greeting === 'string' ? greeting : JSON.stringify(greeting);
  writeFileSync(
    python,
    `#!${process.execPath}
const { appendFileSync, writeFileSync } = require('node:fs');
const now = () => performance.timeOrigin + performance.now();
const reply = (question) => { ${answer} };
writeFileSync(${JSON.stringify(started)}, JSON.stringify({ pid: process.pid, args: process.argv.slice(2) }));
if (${JSON.stringify(line)} !== '') console.log(${JSON.stringify(line)});
require('node:readline').createInterface(process.stdin).on('line', (line) => {
  const asked = now();
  const question = JSON.parse(line);
  const answer = reply(question);
  appendFileSync(${JSON.stringify(log)}, JSON.stringify({ ...question, asked, answered: now() }) + '\\n');
  if (answer !== undefined) console.log(JSON.stringify(answer));
});
`,
    { mode: 0o755 },
  );
  const start = () => JSON.parse(readFileSync(started, 'utf8')) as { pid: number; args: string[] };
  return {
    python,
    args: () => start().args,
    pid: () => start().pid,
    questions: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((text) => JSON.parse(text) as Question),
  };
}
