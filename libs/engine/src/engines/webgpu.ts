import * as tf from '@tensorflow/tfjs';
import type { Availability, Engine } from './engine';
import {
  type AdapterDescription,
  describeAdapter,
  searchAdapter,
} from '../backends/webgpu/adapter-search';
import { GPUBackend } from '../backends/webgpu/backend';
import { dawnFile, loadDawn } from '../backends/webgpu/dawn';
import { type Device, openDevice } from '../backends/webgpu/device';
import { registerGPUKernels } from '../backends/webgpu/register';

const backend = 'webgpu';

let probed: Promise<Availability> | undefined;
let running: GPUBackend | undefined;

/** WGSL kernels on tfjs's backend `webgpu`, on whatever graphics card Dawn finds. */
export const webgpu: Engine = {
  name: 'webgpu',
  title: 'WGSL kernels on any GPU',
  backend,
  runsOn: 'card',
  asynchronous: true,
  probe(): Promise<Availability> {
    if (running?.isLost) return restart();
    return (probed ??= load());
  },
  restart,
  cardSearch: {
    fingerprint() {
      const dawn = dawnFile();
      if (dawn === undefined) return undefined;
      // What tells Vulkan which drivers to load.
      const drivers = Object.entries(process.env).filter(([name]) => name.startsWith('VK_'));
      return JSON.stringify([dawn, drivers.sort()]);
    },
    async findsCard() {
      const search = await searchAdapter();
      return 'adapter' in search && !search.adapter.isSoftware;
    },
  },
  largestTensor: () => backendInUse().largestTensor,
  dispatches: () => backendInUse().dispatches,
  timeDispatches: (work) => backendInUse().timeDispatches(work),
};

function backendInUse(): GPUBackend {
  return tf.backend() as GPUBackend;
}

function restart(): Promise<Availability> {
  running = undefined;
  if (tf.findBackendFactory(backend) !== null) tf.removeBackend(backend);
  return (probed = load());
}

async function load(): Promise<Availability> {
  const search = await searchAdapter();
  if (!('adapter' in search)) return { available: false, ...search };
  try {
    const dawn = loadDawn(dawnFile()!);
    const device = await openDevice(dawn);
    tf.registerBackend(backend, () => (running = new GPUBackend(dawn, device)), 0);
    registerKernels();
    const adapter = describeAdapter(device.adapter.info);
    const { isSoftware } = adapter;
    return { available: true, detail: detailOf(device, adapter), isSoftware };
  } catch (error) {
    const [reason = ''] = (error as Error).message.split('\n');
    return { available: false, reason, remedy: 'use --engine native' };
  }
}

let hasKernels = false;

function registerKernels(): void {
  if (hasKernels) return;
  hasKernels = true;
  // Or what was read once would be computed elsewhere, and to other bits, from then on.
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  registerGPUKernels();
}

/** The adapter, and those of its limits that decide what fits. */
function detailOf({ device }: Device, { title, isSoftware }: AdapterDescription): string {
  const { limits } = device;
  const workgroup = `${limits.maxComputeInvocationsPerWorkgroup} invocations and ${Math.floor(
    limits.maxComputeWorkgroupStorageSize / 1024,
  )} KiB a workgroup`;
  const buffer = `buffers to ${(limits.maxStorageBufferBindingSize / 2 ** 30).toPrecision(2)} GiB`;
  return `${title}${isSoftware ? ', a processor that plays a graphics card' : ''}; ${workgroup}, ${buffer}`;
}
