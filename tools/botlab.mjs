// `npm run botlab -- …`: the command line, after installing and building what is missing or stale.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './workspace.mjs';

ensureInstalled();
ensureBuilt();
// npm runs scripts at the top of the checkout; paths are meant from where the command was typed.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
const { main } = createRequire(import.meta.url)(join(root, 'apps', 'cli', 'dist', 'main.js'));
process.exitCode = await main(process.argv.slice(2));
