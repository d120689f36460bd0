/**
 * The door of this room for who must start at once, such as a command line that prints its help: what is
 * behind it loads no tfjs. Who computes uses `@botlab/engine`, which has all of this too.
 */
export { DeviceLost } from './engines/device-lost';
export { ENGINE_NAMES } from './engines/registry';
