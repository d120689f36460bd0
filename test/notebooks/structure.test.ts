import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cellsOf, chapters, chinese, notebooksFolder, solutions } from './notebook';

const most = 20; // lines of a cell of code: what is longer is more than one idea

const headingsOf = (name: string): string[] =>
  cellsOf(name)
    .filter(({ kind }) => kind === 'markdown')
    .flatMap(({ source }) => source.split('\n'))
    .filter((line) => /^#+ |^\*\*[^*]+\*\*$/.test(line))
    .map((line) => line.replace(/^#+ |\*\*/g, ''));

/** The links of a notebook to files. */
const linksOf = (name: string): string[] =>
  cellsOf(name)
    .filter(({ kind }) => kind === 'markdown')
    .map(({ source }) => source.replace(/`[^`\n]*`/g, ''))
    .flatMap((text) => [...text.matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)[^)]*\)/g)])
    .map(([, link]) => link!);

it('there are the chapters 00 to 07, each with its solutions', () => {
  expect(chapters.map((name) => name.slice(0, 3))).toEqual(
    ['00', '01', '02', '03', '04', '05', '06', '07'].map((number) => `${number}-`),
  );
  expect(solutions).toEqual(chapters.map((name) => `solutions/${name}`));
});

describe.each(chapters)('%s', (name) => {
  it('begins with its title, and has what every chapter has', () => {
    expect(cellsOf(name)[0]!.source).toMatch(new RegExp(`^# ${name.slice(0, 2)} · \\S`));
    const headings = headingsOf(name);
    for (const expected of ['What you will learn', 'Exercises', 'Summary', 'References']) {
      expect(headings).toContainEqual(expect.stringContaining(expected));
    }
  });
  it('leads to its solutions', () => {
    expect(linksOf(name)).toContain(`solutions/${name}.ipynb`);
  });
});

describe.each(chinese)('%s', (name) => {
  const english = name.replace(/^zh\//, '');
  /** The cells of code without their comments, which are translated too. */
  const codeOf = (name: string) =>
    cellsOf(name)
      .filter(({ kind }) => kind === 'code')
      .map(({ source }) => source.replace(/\/\*\*?[^]*?\*\/|(?<=^|\s)\/\/.*$/gm, ''));

  it('has the code of the English chapter', () => {
    expect(codeOf(name)).toEqual(codeOf(english));
  });
  it('has prose of its own, in Chinese, in the same places', () => {
    const kinds = (name: string) => cellsOf(name).map(({ kind }) => kind);
    expect(kinds(name)).toEqual(kinds(english));
    const prose = cellsOf(name).filter(({ kind }) => kind === 'markdown');
    expect(prose.filter(({ source }) => !/\p{Script=Han}/u.test(source))).toEqual([]);
    expect(prose[0]!.source).toMatch(
      new RegExp(`^# ${english.slice(0, 2)} · \\p{Script=Han}`, 'u'),
    );
  });
});

describe.each(solutions)('%s', (name) => {
  it('answers the exercises by their numbers', () => {
    const headings = headingsOf(name).filter((heading) => heading.startsWith('Exercise '));
    expect(headings.length).toBeGreaterThanOrEqual(3);
    headings.forEach((heading, i) => expect(heading).toMatch(new RegExp(`^Exercise ${i + 1}\\b`)));
  });
});

describe.each([...chapters, ...chinese, ...solutions])('%s', (name) => {
  const code = cellsOf(name)
    .filter(({ kind }) => kind === 'code')
    .map(({ source }) => source);

  it('starts the engine first', () => {
    const from = name.startsWith('solutions/') ? '../start' : './start';
    expect(code[0]).toContain(`import { start } from '${from}';`);
    expect(code[0]).toMatch(/^await start\(.*\);/m);
  });
  it(`has no cell of more than ${most} lines`, () => {
    expect(code.filter((source) => source.split('\n').length > most)).toEqual([]);
  });
  it('links to files that are there', () => {
    const folder = dirname(join(notebooksFolder, name));
    expect(linksOf(name).filter((link) => !existsSync(join(folder, decodeURI(link))))).toEqual([]);
  });
});
