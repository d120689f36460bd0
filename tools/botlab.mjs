// `npm run botlab -- …`: the command line, after installing and building what is missing or stale.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './workspace.mjs';

ensureInstalled();
ensureBuilt();
const { main } = createRequire(import.meta.url)(join(root, 'apps', 'cli', 'dist', 'main.js'));
process.exitCode = await main(process.argv.slice(2));
