import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { botlab } from './cli/botlab';
import { tool } from './notebooks/tool';

const root = join(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
/** The commands of a text's shell blocks. */
function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block!);
  return blocks.flatMap((block) =>
    block.split('\n').flatMap((line) => line.split('#')[0]!.trim() || []),
  );
}

const commands = commandsOf(readme);
const ofNotebooks = commandsOf(readFileSync(join(root, 'notebooks', 'README.md'), 'utf8'));

it('begins with the three commands', () => {
  expect(commands.slice(0, 3)).toEqual(['npm run table1', 'npm test', 'npm run lab']);
  expect(readme.indexOf('npm run table1')).toBeLessThan(600);
});

it.each([...commands, ...ofNotebooks])('shows a command that is there: %s', (command) => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [, script, name] = (/^npm (?:run )?(\S+)(?: -- (\S+))?/.exec(command) ??
    /\bnpx (botlab) (\S+)/.exec(command))!;
  expect(Object.keys(scripts)).toContain(script);
  const options = command.match(/--[a-z]+[a-z-]*/g) ?? [];
  if (options.length === 0) return;
  const own = /^node tools\/(lab\.mjs|notebooks\/\S+)$/.exec(scripts[script!]!);
  const { code, stdout } = own
    ? tool(own[1]!, ['--help'])
    : botlab(script === 'botlab' ? name! : script!, '--help');
  expect(code).toBe(0);
  for (const option of options) expect(stdout).toMatch(new RegExp(`${option}\\b`));
});

it('links to files that are there', () => {
  for (const name of ['README.md', 'CONTRIBUTING.md', 'notebooks/README.md']) {
    const text = readFileSync(join(root, name), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, link]) => link!);
    const isThere = (link: string) => existsSync(join(root, dirname(name), link.split('#')[0]!));
    expect(links.filter((link) => !isThere(link))).toEqual([]);
  }
});
