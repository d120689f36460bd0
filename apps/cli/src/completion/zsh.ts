import { allCommands, type CompletedCommand, type Value } from './command-tree';
import { casePattern, shellWord } from './shell-word';
import { valuesByPlace } from './values-by-place';

/** The script by which zsh completes a command line, with a description beside each word. */
export function zshCompletion(root: CompletedCommand): string {
  const { name } = root;
  const commands = allCommands(root);
  const below = commands.filter((command) => command !== root).map(({ path }) => path);
  return `#compdef ${name}
# How zsh completes ${name}; in ~/.zshrc, after compinit: source <(${name} completion zsh)
_${name}() {
  local current=$words[CURRENT] previous=$words[CURRENT-1] place=${name} word
  local -a found
  for word in $words[2,CURRENT-1]; do
    case "$place $word" in
      (${casePattern(below)}) place="$place $word" ;;
    esac
  done
  if [[ $current == --*=* ]]; then
    previous=\${current%%=*} current=\${current#*=}
    compset -P '*='
  fi
  case "$place $previous" in
${valuesByPlace(commands)
  .map(({ value, places }) => `    (${casePattern(places)}) ${offer(value)}; return ;;`)
  .join('\n')}
  esac
  if [[ $current == -* ]]; then
    case $place in
${commands.map((command) => `      (${shellWord(command.path)}) ${describe('option', optionsOf(command))} ;;`).join('\n')}
    esac
    return
  fi
  case $place in
${commands.map((command) => `    (${shellWord(command.path)}) ${next(command)} ;;`).join('\n')}
  esac
}
if [[ $funcstack[1] == _${name} ]]; then _${name} "$@"; else compdef _${name} ${name}; fi
`;
}

type Described = readonly [word: string, description: string];

const optionsOf = ({ options }: CompletedCommand): Described[] =>
  options.flatMap(({ flags, description }) => flags.map((flag): Described => [flag, description]));

function next({ commands, argument }: CompletedCommand): string {
  if (commands.length === 0) return offer(argument);
  const words = commands.map(({ name, description }): Described => [name, description]);
  return describe('command', words);
}

function describe(kind: string, words: readonly Described[]): string {
  const lines = words.map(([word, description]) => shellWord(`${word}:${description}`));
  return `found=(${lines.join(' ')}); _describe${kind === 'option' ? ' -o' : ''} ${kind} found`;
}

function offer(value: Value): string {
  if (value === 'file') return '_files';
  if (value === undefined || value === 'text') return ':';
  return `compadd -- ${value.map(shellWord).join(' ')}`;
}
