import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

export const root = join(__dirname, '..');

/** The READMEs of the checkout and what belongs to them, by their paths from its top; those of rooms below libs/. */
export const readmes = [
  'README.md',
  'README.zh.md',
  'CONTRIBUTING.md',
  'docs/deviations.md',
  'docs/table1.md',
  'notebooks/COURSE.md',
  'notebooks/zh/COURSE.md',
  ...['libs', 'apps', '.'].flatMap((group) =>
    readdirSync(join(root, group), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^node_modules$|^\./.test(entry.name))
      .map(({ name }) => join(group, name, 'README.md')),
  ),
].filter((file) => existsSync(join(root, file)));

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The blocks of a kind, such as "sh", each with what stands after it up to the next block of that kind. */
function blocksOf(text: string, kind: string): { code: string; after: string }[] {
  const pattern = new RegExp(`^\`\`\`${kind}\\n(.*?)^\`\`\`$`, 'gms');
  const found = [...text.matchAll(pattern)];
  return found.map((match, i) => ({
    code: match[1]!,
    after: text.slice(match.index + match[0].length, found[i + 1]?.index),
  }));
}

/** The command lines of a README's shell blocks, without comments, each part of a pipe by itself. */
export function commandsOf(file: string): string[] {
  return blocksOf(textOf(file), 'sh')
    .flatMap(({ code }) => code.replaceAll('\\\n', ' ').split('\n'))
    .flatMap((line) => line.split(/ #|^#/)[0]!.split(' | '))
    .map((command) => command.trim())
    .filter(Boolean);
}

/** An example in TypeScript, and what the README says it prints: "…" stands for anything. */
export interface Example {
  readonly file: string;
  readonly code: string;
  readonly output: string | undefined;
}

/** The examples of a README, in their order. */
export function examplesOf(file: string): Example[] {
  return blocksOf(textOf(file), 'ts').map(({ code, after }) => {
    const output = blocksOf(after, 'text')[0]?.code;
    return { file, code, output };
  });
}

const AsyncFunction = (async () => {}).constructor as new (
  ...parametersAndBody: string[]
) => (...values: unknown[]) => Promise<void>;

/**
 * Runs an example with these variables, and returns what it printed. It imports as a file in a folder of the
 * room's src would.
 */
export async function run(
  { file, code }: Example,
  variables: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  let printed = '';
  const log = (...words: unknown[]): void => void (printed += `${words.map(String).join(' ')}\n`);
  const load = (name: string): unknown => {
    const path = name.startsWith('../') ? join(root, dirname(file), 'src', name.slice(3)) : name;
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require(path);
  };
  const given = { require: load, exports: {}, console: { log }, ...variables };
  await new AsyncFunction(...Object.keys(given), outputText)(...Object.values(given));
  await new Promise((done) => setImmediate(done)); // what it did not wait for
  return printed;
}

/** A text of which "…" is any part. */
export function likeText(text: string): RegExp {
  const parts = text.split('…').map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^]*?')}$`);
}

/** Files below a folder, by their paths in it. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .sort();
}
