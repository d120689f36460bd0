import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { InputError } from '@botlab/errors';

/** A plugin that was asked for. */
export interface PluginRequest {
  /** A JavaScript file, a folder with a package in it, or the name of an installed package. */
  readonly name: string;
  /** The folder that it is looked for from. */
  readonly from: string;
}

/** Where a plugin lies. */
export interface PluginFile {
  readonly file: string;
  /** What finds it again: the path of a file, the name of a package. */
  readonly label: string;
}

/** @throws InputError where there is no such file or package */
export function findPlugin({ name, from }: PluginRequest): PluginFile {
  const path = resolve(from, name);
  const require = createRequire(join(from, 'package.json'));
  if (/\.[cm]?tsx?$/.test(name)) {
    throw new InputError(
      `Cannot load the plugin ${name}: it is TypeScript; build it with tsc, and name the JavaScript file.`,
    );
  }
  try {
    if (existsSync(path)) return { file: require.resolve(path), label: path };
    if (isPath(name)) {
      throw new InputError(
        `Cannot load the plugin ${name}: there is no file ${path}; name a JavaScript file or an installed package.`,
      );
    }
    return { file: require.resolve(name), label: name };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      existsSync(path)
        ? `Cannot load the plugin ${name}: the folder has no index.js, nor a package.json whose main is there; name a file in it.`
        : `Cannot load the plugin ${name}: no package of that name, with a file for require, is installed in ${from} or above; install it, or name a file such as ./${name}.js.`,
    );
  }
}

function isPath(name: string): boolean {
  return isAbsolute(name) || /^\.|[\\]|\.[cm]?js$/.test(name);
}
