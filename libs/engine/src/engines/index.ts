import type { Engine } from '../engine';
import { native, wasm, webgpu } from './absent';
import { reference } from './reference';
import { tensorflow } from './tensorflow';

/** Every engine, in the order `auto` prefers them. */
export const ENGINES: readonly Engine[] = [native, wasm, webgpu, tensorflow, reference];
