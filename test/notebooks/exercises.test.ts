import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { check, isRight } from '../../notebooks/check';
import { cellsOf, chapters, notebooksFolder } from './notebook';

const checks = join(notebooksFolder, 'checks');

const codeOf = (name: string): string =>
  cellsOf(name)
    .filter(({ kind }) => kind === 'code')
    .map(({ source }) => source)
    .join('\n');

/** The numbers of a chapter's exercises that its text names. */
const numbersIn = (code: string, call: RegExp): string[] =>
  [...code.matchAll(call)].map(([, exercise]) => exercise!).sort();

const checked = chapters.filter((name) => existsSync(join(checks, `${name.slice(0, 2)}.js`)));

it('are checked in chapters that there are', () => {
  const files = checked.map((name) => `${name.slice(0, 2)}.js`);
  expect(readdirSync(checks).sort()).toEqual(files);
});

describe.each(checked)('the exercises of %s', (name) => {
  const chapter = name.slice(0, 2);
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const tests = require(join(checks, `${chapter}.js`)) as Record<string, unknown>;
  const expected = Object.keys(tests).map((number) => `${chapter}.${number}`);

  it('have a cell to write in, whose answer is not given', () => {
    const code = codeOf(name);
    expect(numbersIn(code, /^check\('([\d.]+)'/gm)).toEqual(expected);
    expect(code.match(/^let \w+: .* \| undefined;$/gm)).toHaveLength(expected.length);
  });
  it('are answered in the solutions, to the satisfaction of the checks', () => {
    const code = codeOf(`solutions/${name}`);
    expect(numbersIn(code, /^assert\(isRight\('([\d.]+)'/gm)).toEqual(expected);
  });
});

describe('a check', () => {
  let said: string[];
  beforeEach(() => {
    said = [];
    jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
  });
  afterEach(() => {
    jest.restoreAllMocks();
    delete process.env['BOTLAB_LANGUAGE'];
  });

  // Truth by rows: 10 benign rows, and 30 of one attack, 5 of them missed.
  const confusion = [
    [9, 1],
    [5, 25],
  ];

  it('waits for an answer', () => {
    check('00.1', undefined, confusion);
    expect(isRight('00.1', undefined, confusion)).toBe(false);
    expect(said).toEqual(['Exercise 1: no answer yet.']);
  });
  it('takes a right one', () => {
    check('00.1', { accuracy: 0.75, macroF1: 3 / 7 }, confusion);
    expect(isRight('00.1', { accuracy: 0.75, macroF1: 3 / 7 }, confusion)).toBe(true);
    expect(said).toEqual(['Exercise 1: right.']);
  });
  it.each([
    [{ accuracy: 75, macroF1: 43 }, 'per cent'],
    [{ accuracy: 0.7, macroF1: 3 / 7 }, 'accuracy'],
    [{ accuracy: 0.75, macroF1: 6 / 7 }, 'one of two classes'],
    [{ accuracy: 0.75, macroF1: 0.7 }, 'plain mean'],
  ])('says what is wrong with %j', (answer, hint) => {
    check('00.1', answer, confusion);
    expect(isRight('00.1', answer, confusion)).toBe(false);
    expect(said[0]).toMatch(/^Exercise 1: not yet\./);
    expect(said[0]).toContain(hint);
    expect(said[0]).not.toContain('0.75');
  });
  it('speaks Chinese', () => {
    process.env['BOTLAB_LANGUAGE'] = 'zh';
    check('00.1', { accuracy: 0.7, macroF1: 0.4 }, confusion);
    expect(said[0]).toMatch(/^练习 1：还不对。准确率/);
  });
  it('is of an exercise that there is', () => {
    expect(() => check('00.9', 1)).toThrow('there is no exercise 00.9');
  });
});
