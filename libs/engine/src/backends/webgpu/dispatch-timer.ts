import type { DispatchTime } from '../../engines/engine';

/** The most queries that a set may have (WebGPU, "createQuerySet"). */
const QUERIES = 4096;

/** Times each dispatch on the GPU itself, by timestamps at its beginning and its end. */
export class DispatchTimer {
  private readonly sets: GPUQuerySet[] = [];
  private readonly labels: string[] = [];

  /** @param device with the feature `timestamp-query` */
  constructor(private readonly device: GPUDevice) {}

  /** The pass of a dispatch of its own. */
  next(label: string): GPUComputePassDescriptor {
    const query = (2 * this.labels.length) % QUERIES;
    if (query === 0) {
      this.sets.push(this.device.createQuerySet({ type: 'timestamp', count: QUERIES }));
    }
    this.labels.push(label);
    return {
      timestampWrites: {
        querySet: this.sets.at(-1)!,
        beginningOfPassWriteIndex: query,
        endOfPassWriteIndex: query + 1,
      },
    };
  }

  /** The times of all dispatches, those of a shader together, the dearest first; to be called once, at the end. */
  async times(): Promise<DispatchTime[]> {
    const times = new Map<string, { calls: number; ms: number }>();
    for (const [i, set] of this.sets.entries()) {
      const stamps = await this.read(set);
      for (const [j, label] of this.labels.slice((i * QUERIES) / 2).entries()) {
        if (2 * j >= QUERIES) break;
        const nanoseconds = Number(stamps[2 * j + 1]! - stamps[2 * j]!);
        const { calls, ms } = times.get(label) ?? { calls: 0, ms: 0 };
        times.set(label, { calls: calls + 1, ms: ms + Math.max(0, nanoseconds) / 1e6 });
      }
      set.destroy();
    }
    return [...times]
      .map(([name, time]) => ({ name, ...time }))
      .sort((one, other) => other.ms - one.ms);
  }

  private async read(set: GPUQuerySet): Promise<BigUint64Array> {
    const size = 8 * QUERIES;
    const { QUERY_RESOLVE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
    const resolved = this.device.createBuffer({ size, usage: QUERY_RESOLVE | COPY_SRC });
    const staging = this.device.createBuffer({ size, usage: COPY_DST | MAP_READ });
    const encoder = this.device.createCommandEncoder();
    encoder.resolveQuerySet(set, 0, QUERIES, resolved, 0);
    encoder.copyBufferToBuffer(resolved, 0, staging, 0, size);
    this.device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const stamps = new BigUint64Array(staging.getMappedRange().slice(0));
    staging.destroy();
    resolved.destroy();
    return stamps;
  }
}
