import { type Command, Option } from 'commander';

const work = () => require('../commands/plugin') as typeof import('../commands/plugin');

/** The commands that deal with models. */
const COMMANDS = ['table1', 'study', 'train', 'evaluate', 'report', 'models'];

/** `--plugin`, to every command that deals with models: what it names is loaded before the command's own work. */
export function addPluginOption(root: Command): void {
  for (const command of root.commands.filter((one) => COMMANDS.includes(one.name()))) {
    command
      .addOption(
        new Option(
          '--plugin <file or package>',
          'JavaScript that defines models of your own (may be repeated; also plugins in botlab.config.json)',
        ).argParser((name: string, before: readonly string[] = []) => [...before, name]),
      )
      .hook('preAction', (_, action) => work().load(action.opts<{ plugin?: string[] }>().plugin));
  }
}
