import { type backend_util, type TensorInfo, util } from '@tensorflow/tfjs';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { DeviceLost } from '../../engines/device-lost';
import type { DispatchTime } from '../../engines/engine';
import { BindGroups } from './bind-groups';
import type { Dawn } from './dawn';
import type { Device } from './device';
import { DispatchTimer } from './dispatch-timer';
import { Pipelines } from './pipelines';
import type { Shader } from './shader';
import { SMALLEST, Uniforms } from './uniforms';

type DataId = TensorInfo['dataId'];

/** What this file needs of tfjs's backend and its types keep private. */
interface Internals {
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  readonly commandQueueOwnedIds: WeakSet<DataId>;
  dispatchCountInPass: number;
  readonly activeTimers: unknown;
}

/** Dispatches that go to the GPU together: fewer cost the processor more, more keep the GPU waiting. */
const BATCH = 32;

/** How long to wait between two looks at a buffer that is being read, in milliseconds. */
const PAUSE = 0.05;

/**
 * tfjs's `webgpu` backend, in Node and with shaders of our own: it reads tensors synchronously, says so when the
 * device is gone, and counts the dispatches.
 */
export class GPUBackend extends WebGPUBackend {
  /** Dispatches since the start. */
  dispatches = 0;
  /** Why the device is of no more use; undefined as long as it works. */
  private failure: string | undefined;
  private timer: DispatchTimer | undefined;
  private readonly pipelines: Pipelines;
  private readonly bindGroups: BindGroups;
  private readonly uniforms: Uniforms;
  private readonly pause = new Int32Array(new SharedArrayBuffer(4));

  constructor(
    private readonly dawn: Dawn,
    readonly gpu: Device,
  ) {
    super(gpu.device, gpu.adapter.info);
    this.pipelines = new Pipelines(gpu.device);
    this.bindGroups = new BindGroups(gpu.device);
    this.uniforms = new Uniforms(gpu.device);
    void gpu.device.lost.then(({ message }) => this.fail(message));
    gpu.device.addEventListener('uncapturederror', (event) => {
      event.preventDefault();
      this.fail(event.error.message);
    });
  }

  private get internals(): Internals {
    return this as unknown as Internals;
  }

  /** Whether the device is of no more use. */
  get isLost(): boolean {
    return this.failure !== undefined;
  }

  /** The largest tensor that a shader can be bound to, in bytes. */
  get largestTensor(): number {
    const { maxBufferSize, maxStorageBufferBindingSize } = this.device.limits;
    return Math.min(maxBufferSize, maxStorageBufferBindingSize);
  }

  private fail(message: string): void {
    const [line = ''] = message.split('\n');
    this.failure ??= line.trim() === '' ? 'the driver gives no reason' : line.trim();
  }

  /** A new float32 tensor, whose values are whatever they were: for a shader to fill. */
  make(shape: number[]): TensorInfo {
    const isEmpty = util.sizeFromShape(shape) === 0;
    return this.makeTensorInfo(shape, 'float32', isEmpty ? new Float32Array(0) : undefined);
  }

  /** Whether a tensor's buffer is its alone, so that it may be changed in place. */
  isOwn({ dataId }: TensorInfo): boolean {
    return this.refCount(dataId) === 1;
  }

  /**
   * Runs a shader over workgroups, after whatever was asked for before.
   *
   * @param operands a tensor for each binding; null for one that the shader does not touch
   * @param numbers the uniforms, in the shader's order
   */
  dispatch(
    shader: Shader,
    operands: readonly (TensorInfo | null)[],
    numbers: readonly number[],
    [x, y = 1, z = 1]: readonly [number, number?, number?],
  ): void {
    const { internals } = this;
    const buffers = operands.map((operand, i) => {
      if (operand === null) return this.uniforms.nothing;
      const data = this.tensorMap.get(operand.dataId);
      this.uploadToGPU(operand.dataId);
      if (shader.bindings[i]!.access === 'read_write') data.values = null as never; // a copy of what was
      internals.commandQueueOwnedIds.add(operand.dataId);
      return data.resource as GPUBuffer;
    });
    if (shader.uniforms.length > 0) buffers.push(this.uniforms.buffer(shader, numbers));
    const { pipeline, layout } = this.pipelines.of(shader);
    const group = this.bindGroups.of(layout, buffers);
    this.beginPass(shader.label);
    const pass = internals.computePassEncoder!;
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(x, y, z);
    this.dispatches += 1;
    internals.dispatchCountInPass += 1;
    if (internals.dispatchCountInPass >= BATCH) this.flush();
  }

  /** Sees to it that there is a pass to record in: one of its own for a dispatch that is timed. */
  private beginPass(label: string): void {
    const { internals, timer } = this;
    if (timer !== undefined) this.endComputePassEncoder();
    this.ensureCommandEncoderReady();
    internals.computePassEncoder ??= internals.commandEncoder!.beginComputePass(timer?.next(label));
  }

  /** Times each dispatch of some work on the GPU; undefined where it cannot. */
  async timeDispatches(work: () => Promise<unknown>): Promise<DispatchTime[] | undefined> {
    if (!this.device.features.has('timestamp-query')) return undefined;
    const timer = new DispatchTimer(this.device);
    this.flush();
    this.timer = timer;
    try {
      await work();
    } finally {
      this.timer = undefined;
      this.flush();
    }
    return timer.times();
  }

  /** Sends the GPU all that was asked for. */
  flush(): void {
    this.endComputePassEncoder();
    if (this.internals.commandEncoder !== null) this.submitQueue();
  }

  override submitQueue(): void {
    super.submitQueue();
    this.uniforms.onSubmit();
  }

  override uploadToGPU(dataId: DataId): void {
    const data = this.tensorMap.get(dataId);
    if (data.resource == null && util.sizeFromShape(data.shape) === 0) {
      // A shader cannot be bound to nothing: an empty tensor has a buffer as well.
      const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
      data.resource = this.bufferManager.acquireBuffer(SMALLEST, STORAGE | COPY_SRC | COPY_DST);
    }
    super.uploadToGPU(dataId);
  }

  override runWebGPUProgram(
    ...args: Parameters<WebGPUBackend['runWebGPUProgram']>
  ): ReturnType<WebGPUBackend['runWebGPUProgram']> {
    const [program, , , , output] = args;
    if (util.sizeFromShape(output?.shape ?? program.outputShape) > 0) {
      this.dispatches += 1;
      if (this.timer !== undefined) this.beginPass(program.constructor.name);
    }
    return super.runWebGPUProgram(...args);
  }

  /** @throws DeviceLost when the device is gone */
  override readSync(dataId: DataId): backend_util.BackendValues {
    const { values, dtype, resource } = this.tensorMap.get(dataId);
    if (values != null || dtype === 'string' || dtype === 'complex64' || resource == null) {
      return super.readSync(dataId);
    }
    const source = resource as GPUBuffer;
    const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
    const staging = this.bufferManager.acquireBuffer(source.size, usage);
    this.endComputePassEncoder();
    this.ensureCommandEncoderReady();
    this.internals.commandEncoder!.copyBufferToBuffer(source, 0, staging, 0, source.size);
    this.submitQueue();
    this.waitForMap(staging);
    const bytes = staging.getMappedRange().slice(0);
    staging.unmap();
    this.bufferManager.releaseBuffer(staging);
    this.check();
    const read = dtype === 'float32' ? new Float32Array(bytes) : new Int32Array(bytes);
    const kept = dtype === 'bool' ? Uint8Array.from(read) : read;
    this.tensorMap.get(dataId).values = kept;
    return kept;
  }

  /** Waits until a buffer can be read, without a turn of the event loop. */
  private waitForMap(buffer: GPUBuffer): void {
    let rejected: Error | undefined;
    buffer.mapAsync(GPUMapMode.READ).catch((error: Error) => (rejected = error));
    while (buffer.mapState === 'pending') {
      if (!this.dawn.events.handle()) break;
      if (buffer.mapState === 'pending') Atomics.wait(this.pause, 0, 0, PAUSE);
    }
    if (buffer.mapState === 'mapped') return;
    this.fail(rejected?.message ?? 'a buffer could not be read');
    this.check();
  }

  /** @throws DeviceLost when the device is gone */
  override async getBufferData(buffer: GPUBuffer): Promise<ArrayBuffer> {
    try {
      const bytes = await super.getBufferData(buffer);
      this.check();
      return bytes;
    } catch (error) {
      if (error instanceof DeviceLost) throw error;
      this.fail((error as Error).message);
      throw this.lost();
    }
  }

  /** @throws DeviceLost when the device is gone, and what was computed with it */
  private check(): void {
    if (this.failure !== undefined) throw this.lost();
  }

  private lost(): DeviceLost {
    return new DeviceLost('webgpu', this.failure ?? 'unknown');
  }

  /** Runs `f`; what its kernels take on the GPU is not measured. */
  override time(f: () => void): ReturnType<WebGPUBackend['time']> {
    f();
    return Promise.resolve({ kernelMs: 0, wallMs: 0, uploadWaitMs: 0, downloadWaitMs: 0 });
  }

  override dispose(): void {
    super.dispose();
    this.device.destroy();
  }
}
