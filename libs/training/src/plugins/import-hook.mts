/** What Node's loader of ES modules asks, in a thread of its own, to find a file: `shared-packages.ts` registers it. */
import type { InitializeHook, ResolveHook } from 'node:module';

interface Sharing {
  /** Where the shared packages are found from. */
  readonly here: string;
  /** The pattern of their names. */
  readonly shared: string;
}

let here: string;
let shared: RegExp;

export const initialize: InitializeHook<Sharing> = (data) => {
  here = data.here;
  shared = new RegExp(data.shared);
};

export const resolve: ResolveHook = async (specifier, context, next) => {
  if (shared.test(specifier)) {
    try {
      return await next(specifier, { ...context, parentURL: here });
    } catch {
      // A package that is not installed there is the plugin's own.
    }
  }
  return next(specifier, context);
};
