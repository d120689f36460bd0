import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { dawnFile } from './dawn';

/** What WebGPU calls an adapter: of a graphics card, or of a processor that plays one. */
export interface AdapterDescription {
  /** One line for a person: the name and the driver. */
  readonly title: string;
  readonly isSoftware: boolean;
}

/** What a search found: an adapter, or why there is none and what mends that. */
export type AdapterSearch =
  { readonly adapter: AdapterDescription } | { readonly reason: string; readonly remedy: string };

/** Names under which processors play a graphics card. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|\bwarp\b|basic render/i;

const SCRIPT = `
const { create, globals } = require(process.argv[1]);
Object.assign(globalThis, globals);
create([]).requestAdapter({ powerPreference: 'high-performance' }).then((adapter) => {
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter?.info ?? {};
  const info = adapter && { vendor, architecture, device, description, isFallbackAdapter };
  process.stdout.write(JSON.stringify(info ?? null), () => process.exit(0));
});`;

/** Long enough for the slowest driver, in milliseconds. */
const TIMEOUT = 20_000;

const NO_DRIVER =
  process.platform === 'linux'
    ? "install the graphics card's driver and the Vulkan loader (Debian, Ubuntu: apt-get install " +
      'libvulkan1 mesa-vulkan-drivers; NVIDIA: its own driver), or use --engine native'
    : "install the graphics card's driver, or use --engine native";

/**
 * Looks for the adapter that WebGPU prefers on this machine.
 *
 * In a process of its own: where there is no driver Dawn prints lines that nobody asked for, and a driver may
 * crash.
 */
export async function searchAdapter(): Promise<AdapterSearch> {
  const file = dawnFile();
  if (file === undefined) {
    return {
      reason: `the npm package webgpu is not installed, or has no build for ${process.platform} ${process.arch}`,
      remedy: 'npm install --no-save webgpu@0.6.2, or use --engine native',
    };
  }
  try {
    const args = ['-e', SCRIPT, file];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: TIMEOUT });
    const info = JSON.parse(stdout) as GPUAdapterInfo | null;
    if (info === null) return { reason: 'no graphics driver was found', remedy: NO_DRIVER };
    return { adapter: describeAdapter(info) };
  } catch (error) {
    const { signal, stderr = '' } = error as { signal?: string; stderr?: string };
    const [line = ''] = stderr.split('\n').filter((text) => /error/i.test(text));
    const how = signal ? `was stopped by ${signal}` : `failed${line === '' ? '' : ` (${line})`}`;
    return { reason: `the graphics driver ${how}`, remedy: NO_DRIVER };
  }
}

/** An adapter by what it says of itself. */
export function describeAdapter(info: GPUAdapterInfo): AdapterDescription {
  const { vendor, architecture, device, description } = info;
  const { isFallbackAdapter } = info as GPUAdapterInfo & { isFallbackAdapter?: boolean };
  const names = [description, device, `${vendor} ${architecture}`];
  const parts = names.filter((name) => /[a-z]/i.test(name) && !/^0x/.test(name)); // a number in hexadecimal
  const isSoftware = isFallbackAdapter === true || SOFTWARE.test(names.join(' '));
  return { title: parts.slice(0, 2).join(', '), isSoftware };
}
