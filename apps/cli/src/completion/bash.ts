import { allCommands, type CompletedCommand, type Value } from './command-tree';
import { casePattern, shellWord } from './shell-word';
import { valuesByPlace } from './values-by-place';

/** The script by which bash (3.2 and on) completes a command line. */
export function bashCompletion(root: CompletedCommand): string {
  const { name } = root;
  const commands = allCommands(root);
  const below = commands.filter((command) => command !== root).map(({ path }) => path);
  return `# How bash completes ${name}; in ~/.bashrc: eval "$(${name} completion bash)"
_${name}_words() {
  COMPREPLY=($(compgen -W "$1" -- "$2"))
}
_${name}_files() {
  # Readline's own way knows ~ and spaces; bash before 4 has no compopt.
  compopt -o default -o bashdefault 2>/dev/null && return
  local IFS=$'\\n'
  COMPREPLY=($(compgen -f -- "$1"))
}
_${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} place=${name} i
  if [[ $previous == = ]]; then previous=\${COMP_WORDS[COMP_CWORD - 2]}; fi # --option=value is three words
  if [[ $current == = ]]; then current=; fi
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$place \${COMP_WORDS[i]}" in
    ${casePattern(below)}) place="$place \${COMP_WORDS[i]}" ;;
    esac
  done
  case "$place $previous" in
${valuesByPlace(commands)
  .map(({ value, places }) => `  ${casePattern(places)}) ${offer(name, value)}; return ;;`)
  .join('\n')}
  esac
  if [[ $current == -* ]]; then
    case $place in
${commands.map((command) => `    ${shellWord(command.path)}) ${offer(name, flagsOf(command))} ;;`).join('\n')}
    esac
    return
  fi
  case $place in
${commands.map((command) => `  ${shellWord(command.path)}) ${offer(name, next(command))} ;;`).join('\n')}
  esac
}
complete -F _${name} ${name}
`;
}

/** What may stand where no option begins. */
function next({ commands, argument }: CompletedCommand): Value {
  return commands.length > 0 ? commands.map(({ name }) => name) : argument;
}

const flagsOf = ({ options }: CompletedCommand): string[] => options.flatMap(({ flags }) => flags);

function offer(name: string, value: Value): string {
  if (value === 'file') return `_${name}_files "$current"`;
  if (value === undefined || value === 'text') return ':';
  return `_${name}_words ${shellWord(value.join(' '))} "$current"`;
}
