import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { botlab } from './cli/botlab';

const root = join(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const shell = [...readme.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block!);
const commands = shell.flatMap((block) =>
  block.split('\n').flatMap((line) => line.split('#')[0]!.trim() || []),
);

it('begins with the two commands', () => {
  expect(commands.slice(0, 2)).toEqual(['npm run table1', 'npm test']);
  expect(readme.indexOf('npm run table1')).toBeLessThan(600);
});

it.each(commands)('shows a command that is there: %s', (command) => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [, script, name] = (/^npm (?:run )?(\S+)(?: -- (\S+))?/.exec(command) ??
    /\bnpx (botlab) (\S+)/.exec(command))!;
  expect(Object.keys(scripts)).toContain(script);
  const options = command.match(/--[a-z]+[a-z-]*/g) ?? [];
  if (options.length === 0) return;
  const { code, stdout } = botlab(script === 'botlab' ? name! : script!, '--help');
  expect(code).toBe(0);
  for (const option of options) expect(stdout).toMatch(new RegExp(`${option}\\b`));
});

it('links to files that are there', () => {
  for (const name of ['README.md', 'CONTRIBUTING.md']) {
    const text = readFileSync(join(root, name), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, link]) => link!);
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  }
});
