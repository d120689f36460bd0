import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { program } from '@botlab/cli';
import { skipIf } from '../../tools/testing/skip-if';
import { botlab, temporaryFolder } from './botlab';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'my runs'));
writeFileSync(join(folder, 'plan.json'), '{}');

/** Why a shell cannot be asked; undefined where it can. */
function without(shell: string): string | undefined {
  const { error } = spawnSync(shell, ['-c', 'true']);
  return error && `no ${shell} (${error.message}): apt-get install ${shell}`;
}

/** The file of a shell's script, as the command line prints it. */
function scriptOf(shell: string): string {
  const { code, stdout, stderr } = botlab('completion', shell);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const file = join(folder, `script.${shell}`);
  writeFileSync(file, stdout);
  return file;
}

/** What a shell prints that runs a program of ours beside the script; a line for each line that is completed. */
function ask(shell: string, body: string, lines: readonly string[]): string[] {
  const args = ['-c', body, ...(shell === 'fish' ? [] : [shell]), scriptOf(shell), ...lines];
  const { status, stdout, stderr } = spawnSync(shell, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, HOME: folder, TERM: 'dumb' },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.trimEnd().split('\n');
}

const names = program().commands.map((command) => command.name());
const engines = 'auto native wasm webgpu tensorflow reference';

skipIf(without('bash')).it('bash offers commands, options, choices and files', () => {
  // What bash does at a tab, with the words that it would have found in the line.
  const body = `source "$1"; shift
for line; do
  COMP_WORDS=($line); [[ $line == *' ' ]] && COMP_WORDS+=('')
  COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 )) COMPREPLY=()
  _botlab
  IFS='|'; echo "\${COMPREPLY[*]}"; unset IFS
done`;
  const asked = {
    'botlab ': names.join('|'),
    'botlab ta': 'table1',
    'botlab data ': 'info',
    'botlab data info --j': '--json',
    'botlab train dense --engine ': engines.replaceAll(' ', '|'),
    'botlab train dense --engine = nat': 'native',
    'botlab train --experiment data --lea': '--leakage|--learning-rate',
    'botlab study p': 'plan.json',
    'botlab evaluate m': 'my runs',
    'botlab table1 --seed ': '',
    'botlab completion ': 'bash|zsh|fish',
  };
  expect(ask('bash', body, Object.keys(asked))).toEqual(Object.values(asked));
});

skipIf(without('fish')).it('fish offers commands, options, choices and files', () => {
  const body = `source $argv[1]
for line in $argv[2..-1]
  complete -C $line | string replace -r '\\t.*' '' | sort | string join '|'
end`;
  const asked = {
    'botlab ': names.toSorted().join('|'),
    'botlab ta': 'table1',
    'botlab data ': 'info',
    'botlab data info --j': '--json',
    'botlab train dense --engine ': engines.split(' ').toSorted().join('|'),
    'botlab train dense --engine=nat': '--engine=native',
    'botlab train --experiment data --lea': '--leakage|--learning-rate',
    'botlab study p': 'plan.json',
    'botlab evaluate m': 'my runs/',
    'botlab completion ': 'bash|fish|zsh',
  };
  expect(ask('fish', body, Object.keys(asked))).toEqual(Object.values(asked));
});

skipIf(without('zsh')).it('zsh completes commands, options, choices and files', () => {
  // A shell in a terminal, where a tab is typed after each line; then ^X has it print what the line has become.
  const body = `zmodload zsh/zpty
zpty shell 'zsh -f -i'
read-until() { local out; zpty -r shell out "*$1*"; REPLY=$out }
zpty -w shell 'autoload -Uz compinit; compinit -u -D; unsetopt beep'
zpty -w shell "source \${(q)1}"
zpty -w shell 'show() { print -r -- "<<$BUFFER>>"; BUFFER= }; zle -N show; bindkey "^X" show; print REA""DY'
read-until READY
for line in $argv[2,-1]; do
  zpty -w -n shell "$line"$'\\t\\x18'
  read-until '<<*>>'
  print -r -- \${\${REPLY##*<<}%%>>*}
done
zpty -d shell`;
  const asked = {
    'botlab ta': 'botlab table1 ',
    'botlab data ': 'botlab data info ',
    'botlab data info --j': 'botlab data info --json ',
    'botlab train dense --engine nat': 'botlab train dense --engine native ',
    'botlab train --engine=web': 'botlab train --engine=webgpu ',
    'botlab train --experiment data --le': 'botlab train --experiment data --lea',
    'botlab study p': 'botlab study plan.json ',
    'botlab completion z': 'botlab completion zsh ',
  };
  const completed = ask('zsh', body, Object.keys(asked));
  expect(completed.map((line) => line.trimEnd())).toEqual(
    Object.values(asked).map((line) => line.trimEnd()),
  );
});

it('refuses another shell', () => {
  const { code, stderr } = botlab('completion', 'tcsh');
  expect(code).toBe(2);
  expect(stderr).toMatch(/Allowed choices are bash, zsh, fish/);
});
