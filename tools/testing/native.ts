import { existsSync } from 'node:fs';
import { join } from 'node:path';

const addon =
  process.env['BOTLAB_ADDON'] ?? join(__dirname, '../../libs/engine/dist/native/kernels.node');

/** Why the engine `native` cannot run here; undefined where it can. */
export const withoutNative: string | undefined = existsSync(addon)
  ? undefined
  : 'the build compiled no kernels: install a C++ compiler, then npm run build';
