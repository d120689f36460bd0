import {
  allCommands,
  type CompletedCommand,
  type CompletedOption,
  type Value,
} from './command-tree';

/** The script by which fish (3 and on) completes a command line, with a description beside each word. */
export function fishCompletion(root: CompletedCommand): string {
  const { name } = root;
  const commands = allCommands(root);
  const below = commands.filter((command) => command !== root).map(({ path }) => path);
  return `# How fish completes ${name}: ${name} completion fish > ~/.config/fish/completions/${name}.fish
function __${name}_at
  set -l place ${name}
  for word in (commandline -opc)[2..-1]
    contains -- "$place $word" ${below.map(fishWord).join(' ')}
    and set place "$place $word"
  end
  test "$place" = "$argv"
end
complete -c ${name} -f
${commands.flatMap((command) => linesOf(name, command)).join('\n')}
`;
}

function linesOf(name: string, { path, commands, options, argument }: CompletedCommand): string[] {
  const here = `complete -c ${name} -n ${fishWord(`__${name}_at ${path}`)}`;
  return [
    ...commands.map((one) => `${here} -a ${one.name} -d ${fishWord(one.description)}`),
    ...(argument === undefined || argument === 'text' ? [] : [`${here}${offer(argument)}`]),
    ...options.map((option) => `${here}${optionWords(option)}`),
  ];
}

function optionWords({ flags, description, value }: CompletedOption): string {
  const names = flags.map((flag) =>
    flag.startsWith('--') ? ` -l ${flag.slice(2)}` : ` -s ${flag.slice(1)}`,
  );
  const requires = value === 'file' ? ' -r' : ' -x';
  return `${names.join('')}${value === undefined ? '' : requires}${offer(value)} -d ${fishWord(description)}`;
}

function offer(value: Value): string {
  if (value === 'file') return ' -F';
  return value === undefined || value === 'text' ? '' : ` -a ${fishWord(value.join(' '))}`;
}

/** A text as one word of fish. */
function fishWord(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
