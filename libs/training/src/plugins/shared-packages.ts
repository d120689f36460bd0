import Module, { createRequire, register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Packages of which there must be one: the registries of models, tfjs's tensors, and the schemas of options. */
export const SHARED = /^(?:@botlab\/|@tensorflow\/tfjs|zod(?:$|\/))/;

/** What Node's loader of CommonJS calls to find a file. */
type Resolve = (this: unknown, request: string, ...rest: unknown[]) => string;

let isShared = false;

/**
 * Lets whatever is loaded from now on get {@link SHARED} packages from here, wherever it lies: a file without
 * `node_modules` beside it finds them, and one that has a copy of its own registers its models here all the same.
 */
export function sharePackages(): void {
  if (isShared) return;
  isShared = true;
  const usual = Reflect.get(Module, '_resolveFilename') as Resolve;
  const own = createRequire(__filename);
  const sharing: Resolve = function (request, ...rest) {
    if (SHARED.test(request)) {
      try {
        return own.resolve(request);
      } catch {
        // A package that is not installed here is the plugin's own.
      }
    }
    return usual.call(this, request, ...rest);
  };
  Reflect.set(Module, '_resolveFilename', sharing);
  const hook = pathToFileURL(join(__dirname, 'import-hook.mjs'));
  register(hook, { data: { here: pathToFileURL(__filename).href, shared: SHARED.source } });
}
