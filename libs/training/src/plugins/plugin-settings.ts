import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '@botlab/errors';
import { readJSON } from '@botlab/files';
import { refusalOf } from '@botlab/models';
import { z } from 'zod';
import type { PluginRequest } from './plugin-file';

/** `botlab.config.json`: what holds for every command typed in its folder and below. */
const Settings = z.strictObject({
  /** Files, from the folder of this file, or installed packages that define models. */
  plugins: z.array(z.string().min(1)).default([]),
});

const NAME = 'botlab.config.json';

/**
 * The plugins that `botlab.config.json` names, the nearest such file from a folder upwards; none where there is none.
 *
 * @throws InputError that names the file and the place in it
 */
export function configuredPlugins(folder: string): PluginRequest[] {
  const file = nearest(resolve(folder));
  if (file === undefined) return [];
  const value = readJSON(file);
  if (value === undefined) throw new InputError(`Cannot read ${file}: it is not JSON; mend it.`);
  const parsed = Settings.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const place = issue.path.length === 0 ? 'it' : issue.path.join('.');
    if (issue.code === 'unrecognized_keys') {
      throw new InputError(
        `Cannot read ${file}: it has an unknown field "${issue.keys[0]}"; it takes plugins.`,
      );
    }
    const { value: refused, why } = refusalOf(Settings, value, issue);
    throw new InputError(`Cannot read ${file}: ${place} is ${refused}, ${why}.`);
  }
  return parsed.data.plugins.map((name) => ({ name, from: dirname(file) }));
}

function nearest(folder: string): string | undefined {
  const file = join(folder, NAME);
  if (existsSync(file)) return file;
  const above = dirname(folder);
  return above === folder ? undefined : nearest(above);
}
