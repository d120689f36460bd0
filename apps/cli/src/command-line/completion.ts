import { Argument, type Command } from 'commander';
import { type Shell, SHELLS } from '../completion/shells';

const work = () => require('../commands/completion') as typeof import('../commands/completion');

/** `botlab completion SHELL`: a script by which a shell completes what is typed. */
export function addCompletionCommand(root: Command): void {
  root
    .command('completion')
    .description('print the script by which a shell completes commands, options and their choices')
    .addArgument(new Argument('<shell>', 'bash: eval "$(botlab completion bash)"').choices(SHELLS))
    .action((shell: Shell) => work().run(shell, root));
}
