/* eslint-disable @typescript-eslint/no-require-imports -- an engine loads tfjs, which whoever wants the names alone does not wait for */
import type { Engine } from './engine';

/** What gives every engine, in the order `auto` prefers them. */
const REGISTRY: Readonly<Record<string, () => Engine>> = {
  native: () => (require('./native') as typeof import('./native')).native,
  wasm: () => (require('./wasm') as typeof import('./wasm')).wasm,
  webgpu: () => (require('./webgpu') as typeof import('./webgpu')).webgpu,
  tensorflow: () => (require('./tensorflow') as typeof import('./tensorflow')).tensorflow,
  reference: () => (require('./reference') as typeof import('./reference')).reference,
};

/** The engines by name, in the order `auto` prefers them. */
export const ENGINE_NAMES: readonly string[] = Object.keys(REGISTRY);

let loaded: readonly Engine[] | undefined;

/** Every engine, in that order. */
export function engines(): readonly Engine[] {
  return (loaded ??= Object.values(REGISTRY).map((load) => load()));
}
