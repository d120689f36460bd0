import type { Command } from 'commander';
import { bashCompletion } from '../completion/bash';
import { commandTree } from '../completion/command-tree';
import { fishCompletion } from '../completion/fish';
import type { Shell } from '../completion/shells';
import { zshCompletion } from '../completion/zsh';

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/** Does what `botlab completion` was asked for. */
export function run(shell: Shell, root: Command): void {
  process.stdout.write(SCRIPTS[shell](commandTree(root)));
}
