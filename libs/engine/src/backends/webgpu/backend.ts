import { type backend_util, type TensorInfo, type TypedArray, util } from '@tensorflow/tfjs';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { DeviceLost } from '../../engines/device-lost';
import type { DispatchTime } from '../../engines/engine';
import { BindGroups } from './bind-groups';
import { castToFloat } from './cast';
import type { Dawn } from './dawn';
import type { Device } from './device';
import { DispatchTimer } from './dispatch-timer';
import { Pipelines } from './pipelines';
import type { Shader } from './shader';
import { SMALLEST, Uniforms } from './uniforms';

type DataId = TensorInfo['dataId'];
type Values = backend_util.BackendValues;

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
  /** The largest tensor that a shader can be bound to, in bytes. */
  readonly largestTensor: number;
  /** The most workgroups of a dispatch along a dimension. */
  private readonly mostGroups: number;
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
    const { maxBufferSize, maxStorageBufferBindingSize } = gpu.device.limits;
    this.largestTensor = Math.min(maxBufferSize, maxStorageBufferBindingSize);
    this.mostGroups = gpu.device.limits.maxComputeWorkgroupsPerDimension;
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
    this.checkCall(shader, operands, [x, y, z]);
    const cast: TensorInfo[] = [];
    const buffers = operands.map((operand, i) => {
      if (operand === null) return this.uniforms.nothing;
      const bound = this.asBound(operand, shader, i);
      if (bound !== operand) cast.push(bound);
      const data = this.tensorMap.get(bound.dataId);
      this.uploadToGPU(bound.dataId);
      if (shader.bindings[i]!.access === 'read_write') data.values = null as never; // a copy of what was
      internals.commandQueueOwnedIds.add(bound.dataId);
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
    for (const { dataId } of cast) this.disposeData(dataId);
    if (internals.dispatchCountInPass >= BATCH) this.flush();
  }

  /**
   * A tensor as a shader's binding takes it: here tensors become addresses, and one of int32 or bool that is read
   * as float32 is cast.
   *
   * @throws TypeError for another type than the binding's
   */
  private asBound(operand: TensorInfo, shader: Shader, i: number): TensorInfo {
    const { access, type } = shader.bindings[i]!;
    const { dtype } = this.tensorMap.get(operand.dataId); // what the buffer holds
    const isInteger = dtype === 'int32' || dtype === 'bool';
    if (type === 'u32' || (type === 'i32' ? isInteger : dtype === 'float32')) return operand;
    if (type === 'i32' || !isInteger || access === 'read_write') {
      throw new TypeError(
        `${shader.label} takes ${type} as operand ${i + 1}, not a tensor of ${dtype}`,
      );
    }
    return castToFloat(this, operand);
  }

  /** @throws TypeError, RangeError for what the GPU would refuse, and then be lost */
  private checkCall(
    { label, bindings }: Shader,
    operands: readonly unknown[],
    groups: readonly number[],
  ): void {
    if (operands.length !== bindings.length) {
      throw new TypeError(`${label} takes ${bindings.length} operands, not ${operands.length}`);
    }
    const most = this.mostGroups;
    if (groups.every((count) => Number.isInteger(count) && count >= 0 && count <= most)) return;
    throw new RangeError(
      `${label} takes whole numbers of workgroups from 0 to ${most}, not ${groups.join(' × ')}`,
    );
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
    if (data.resource == null) this.checkSize(data.shape);
    super.uploadToGPU(dataId);
  }

  /** @throws RangeError for a tensor that no shader can be bound to */
  private checkSize(shape: readonly number[]): void {
    const bytes = 4 * util.sizeFromShape([...shape]);
    if (bytes <= this.largestTensor) return;
    const [wanted, most] = [bytes, this.largestTensor].map((n) => (n / 2 ** 30).toFixed(2));
    throw new RangeError(
      `Cannot make a tensor [${shape.join(', ')}] of ${wanted} GiB: this graphics card takes ${most} GiB at most.`,
    );
  }

  override runWebGPUProgram(
    ...args: Parameters<WebGPUBackend['runWebGPUProgram']>
  ): ReturnType<WebGPUBackend['runWebGPUProgram']> {
    const [program, , , , output] = args;
    if (output !== undefined) this.uploadToGPU(output.dataId);
    if (output !== undefined) this.tensorMap.get(output.dataId).values = null as never; // it is changed in place
    if (util.sizeFromShape(output?.shape ?? program.outputShape) > 0) {
      this.dispatches += 1;
      if (this.timer !== undefined) this.beginPass(program.constructor.name);
    }
    return super.runWebGPUProgram(...args);
  }

  /** A tensor's values where they need not be waited for, not to be changed; undefined where only the GPU has them. */
  atHand({ dataId }: TensorInfo): TypedArray | undefined {
    const { values } = this.tensorMap.get(dataId);
    return ArrayBuffer.isView(values) ? values : undefined;
  }

  /**
   * A copy of a tensor's values. What was read is not kept: the buffer may be changed in place.
   *
   * @throws DeviceLost when the device is gone
   */
  override readSync(dataId: DataId): Values {
    const { values, dtype, resource } = this.tensorMap.get(dataId);
    if (values != null || dtype === 'string' || dtype === 'complex64' || resource == null) {
      return copyOf(super.readSync(dataId));
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
    return valuesOf(bytes, dtype);
  }

  /**
   * The same, as they are at the time of the call.
   *
   * @throws DeviceLost when the device is gone
   */
  override async read(dataId: DataId): Promise<Values> {
    const { values, dtype, resource } = this.tensorMap.get(dataId);
    if (values != null || dtype === 'string' || dtype === 'complex64' || resource == null) {
      return copyOf(await super.read(dataId));
    }
    return valuesOf(await this.getBufferData(resource as GPUBuffer), dtype);
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

/** What a buffer holds; int32 and bool are both of 32 bits there. */
function valuesOf(bytes: ArrayBuffer, dtype: string): Values {
  if (dtype === 'float32') return new Float32Array(bytes);
  const numbers = new Int32Array(bytes);
  return dtype === 'bool' ? Uint8Array.from(numbers) : numbers;
}

function copyOf(values: Values): Values {
  return ArrayBuffer.isView(values) ? values.slice() : values;
}
