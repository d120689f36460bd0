import type { Engine } from './engine';

import { native } from './native';
import { reference } from './reference';
import { tensorflow } from './tensorflow';
import { wasm } from './wasm';
import { webgpu } from './webgpu';

/** Every engine, in the order `auto` prefers them. */
export const ENGINES: readonly Engine[] = [native, wasm, webgpu, tensorflow, reference];
