import { type TensorInfo, util } from '@tensorflow/tfjs';
import type { CompiledCall, CompiledKernel } from '../call';

/** The inputs of a join by their place: two branches and the shortcut. */
const PLACES = [0, 1, 2] as const;
type Place = (typeof PLACES)[number];

/** The fields of a channel that the kernels normalise by: mean, scale and offset, in their order. */
function fieldsOf({ host }: CompiledCall): readonly string[] {
  return host.vocabulary.order('normalisation');
}

/** Those of a table: the same, and 1 / √(variance + ε) after them. */
const tableFields = (call: CompiledCall): number => fieldsOf(call).length + 1;

/** One input of a join: its values, and the table of its normalisation. */
interface Input {
  readonly x: Float32Array | null;
  readonly channels: number;
  /** Of the sequences that are pooled; 0 where none are. */
  readonly length: number;
  /** `[fields, channels]` */
  norm: Float32Array | null;
  /** `[channels]` */
  inverse: Float32Array | null;
}

class JoinCall {
  readonly rows: number;
  readonly shape: number[];
  readonly width: number;
  readonly inputs: [Input, Input, Input];
  readonly relu: number;

  constructor(readonly call: CompiledCall) {
    const input = (place: Place): Input => {
      const x = `x${place}`;
      const shape = call.has(x) ? call.shape(x) : [0];
      const length = call.attrs[`pool${place}`] === true ? shape.at(-2)! : 0;
      return { x: call.optional(x), channels: shape.at(-1)!, length, norm: null, inverse: null };
    };
    this.inputs = [input(0), input(1), input(2)];
    this.width = this.inputs[0].channels + this.inputs[1].channels;
    this.shape = [...call.shape('x0').slice(0, -1), this.width];
    if (call.attrs['pool0'] === true)
      this.shape.splice(-2, 1, Math.ceil(this.inputs[0].length / 2));
    this.rows = util.sizeFromShape(this.shape) / this.width;
    this.relu = call.attrs['relu'] === true ? 1 : 0;
  }

  /** Rows of a range of work on each row alone. */
  get grain(): number {
    return Math.max(32, Math.ceil(32768 / this.width));
  }

  /** Rows of a part whose sums are taken together. */
  get partRows(): number {
    return Math.max(512, Math.ceil(this.rows / 64 / 32) * 32);
  }

  /** Takes the table of an input's normalisation from `[fields + 1, channels]` values. */
  useTable(place: Place, table: Float32Array): void {
    const input = this.inputs[place];
    const size = fieldsOf(this.call).length * input.channels;
    input.norm = table.subarray(0, size);
    input.inverse = table.subarray(size);
  }

  /** The operands of joinForward, and the first of the backward kernels. */
  operands(): (Float32Array | number | null)[] {
    const [first, second, shortcut] = this.inputs;
    return this.call.host.vocabulary.inOrder<Float32Array | number | null>('join', {
      ...{ firstX: first.x, firstNorm: first.norm },
      ...{ firstChannels: first.channels, firstLength: first.length },
      ...{ secondX: second.x, secondNorm: second.norm },
      ...{ secondChannels: second.channels, secondLength: second.length },
      ...{ relu: this.relu, shortcutX: shortcut.x, shortcutNorm: shortcut.norm },
    });
  }
}

/** The table of an input from the statistics of the batch, and the running averages after it. */
function batchTable(join: JoinCall, place: Place): TensorInfo[] {
  const { call, rows } = join;
  const { backend, host, attrs } = call;
  const { x, channels, length } = join.inputs[place];
  const table = backend.make([tableFields(call), channels]);
  if (rows === 0) return [table, ...unchanged(call, place)];
  const mean = backend.make([channels]);
  const variance = backend.make([channels]);
  join.useTable(place, backend.values(table));
  const grain = join.partRows;
  const parts = Math.ceil(rows / grain);
  const partials = host.allocate(parts * 2 * channels);
  const scratch = host.allocate(host.seats * 2 * channels);
  host.run('channelMoments', rows, grain, [x, partials, scratch, channels, length]);
  host.run('batchNormalisation', 1, 1, [
    ...[partials, rows, grain, channels],
    ...[call.optional(`gamma${place}`), call.optional(`beta${place}`)],
    attrs[`epsilon${place}`] as number,
    ...[join.inputs[place].norm, join.inputs[place].inverse],
    ...[call.values(`mean${place}`), call.values(`variance${place}`)],
    attrs[`rate${place}`] as number,
    ...[backend.values(mean), backend.values(variance)],
  ]);
  host.release(partials);
  host.release(scratch);
  return [table, mean, variance];
}

/** The running averages of an input, which a batch without rows leaves as they are. */
function unchanged(call: CompiledCall, place: Place): TensorInfo[] {
  const averages = [call.info(`mean${place}`), call.info(`variance${place}`)];
  for (const { dataId } of averages) call.backend.incRef(dataId);
  return averages;
}

/** The table of an input from the running averages; scratch of the host. */
function runningTable(join: JoinCall, place: Place): Float32Array {
  const { call } = join;
  const { channels } = join.inputs[place];
  const table = call.host.allocate(tableFields(call) * channels);
  const mean = call.values(`mean${place}`);
  const variance = call.values(`variance${place}`);
  const gamma = call.optional(`gamma${place}`);
  const beta = call.optional(`beta${place}`);
  const epsilon = call.attrs[`epsilon${place}`] as number;
  const fields: Record<string, (c: number) => number> = {
    mean: (c) => mean[c]!,
    scale: (c) => (gamma?.[c] ?? 1) / Math.sqrt(variance[c]! + epsilon),
    offset: (c) => beta?.[c] ?? 0,
  };
  call.host.vocabulary.inOrder('normalisation', fields).forEach((field, at) => {
    for (let c = 0; c < channels; c++) table[at * channels + c] = field(c);
  });
  join.useTable(place, table);
  return table;
}

/**
 * Inputs `x0`, and where there are `x1` (a second branch) and `x2` (the shortcut), `[…, channels]`; of each
 * that is normalised `mean`, `variance` and, where there are, `gamma` and `beta`, with the same number, and
 * the attributes `epsilon` and `rate`. With the attributes `pool0` and `pool1` a branch is
 * `[…, length, channels]`, and the greater of two rows each is what is joined. Outputs: the join; in
 * training also, of each that is normalised, its table and the running mean and variance after this batch.
 */
const join: CompiledKernel = {
  kernelName: 'Join',
  run(call) {
    const join = new JoinCall(call);
    const normalisations = PLACES.filter((place) => call.has(`mean${place}`));
    const training = call.attrs['training'] === true;
    const tables = training ? normalisations.map((place) => batchTable(join, place)) : [];
    const scratch = training ? [] : normalisations.map((place) => runningTable(join, place));
    const out = call.backend.make(join.shape);
    const operands = [...join.operands(), call.backend.values(out)];
    call.host.run('joinForward', join.rows, join.grain, operands);
    for (const table of scratch) call.host.release(table);
    return [out, ...tables.flat()];
  },
};

/**
 * Inputs and attributes as for the join: `x0` to `x2`, `table` of each that is normalised, and `dy`. Outputs:
 * the gradients of x0, x1 and x2 where these are there, but for a shortcut without normalisation (its gradient
 * is dy), then those of γ and β of each normalisation.
 */
const joinGrad: CompiledKernel = {
  kernelName: 'JoinGrad',
  run(call) {
    const { backend, host } = call;
    const join = new JoinCall(call);
    const { rows, width, inputs } = join;
    for (const place of PLACES) {
      if (call.has(`table${place}`)) join.useTable(place, call.values(`table${place}`));
    }
    const dy = call.values('dy');
    const lines: (Float32Array | null)[] = [null, null, null];
    const weightGradients: TensorInfo[] = [];
    if (inputs.some(({ norm }) => norm !== null)) {
      const grain = join.partRows;
      const parts = Math.ceil(rows / grain);
      const partials = host.allocate(Math.max(1, parts) * 4 * width); // the sums of no rows are 0
      host.run('joinGradientSums', rows, grain, [...join.operands(), dy, partials]);
      host.run('sumParts', 4 * width, 4 * width, [partials, parts, 4 * width]);
      const offsets = [0, 2 * inputs[0].channels, 2 * width];
      for (const place of PLACES) {
        const { channels, norm, inverse } = inputs[place];
        if (norm === null) continue;
        const dGamma = backend.make([channels]);
        const dBeta = backend.make([channels]);
        const line = host.allocate(2 * channels);
        host.run('normalisationGradient', 1, 1, [
          ...[partials.subarray(offsets[place]), norm, inverse, rows, channels],
          ...[backend.values(dGamma), backend.values(dBeta), line],
        ]);
        lines[place] = line;
        weightGradients.push(dGamma, dBeta);
      }
      host.release(partials);
    }
    const gradients = PLACES.map((place) =>
      inputs[place].x === null || (place === 2 && lines[2] === null)
        ? undefined
        : backend.make(call.shape(`x${place}`)),
    );
    const outputs = gradients.filter((info) => info !== undefined);
    const [dFirst, dSecond, dShortcut] = gradients.map((info) =>
      info === undefined ? null : backend.values(info),
    );
    host.run('joinBackward', rows, join.grain, [
      ...join.operands(),
      ...[lines[0]!, lines[1]!, lines[2]!, dy, dFirst!, dSecond!, dShortcut!],
    ]);
    for (const line of lines) if (line !== null) host.release(line);
    return [...outputs, ...weightGradients];
  },
};

export const joinKernels = [join, joinGrad];
