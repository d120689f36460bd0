import { type TensorInfo, util } from '@tensorflow/tfjs';
import type { GPUCall } from '../call';
import type { BindingText } from '../shader';
import { vectorSize, type VectorSize, vectorType } from '../vector';

/** The inputs of a join by their place: two branches and the shortcut. */
export const PLACES = [0, 1, 2] as const;
export type Place = (typeof PLACES)[number];

/**
 * The inputs of a join. Its columns are the channels of the branches side by side, then those of the
 * shortcut: twice its width.
 */
export class JoinInputs {
  /** Rows of the output. */
  readonly rows: number;
  readonly shape: number[];
  /** Channels of the output. */
  readonly width: number;
  readonly relu: boolean;
  /** Channels of each place; 0 where there is none. */
  readonly channels: readonly [number, number, number];
  /** Of the sequences that are pooled; 0 where none are. */
  readonly lengths: readonly [number, number];
  /** How many channels an invocation takes at a time. */
  readonly vector: VectorSize;
  private readonly x: readonly (TensorInfo | null)[];

  constructor(readonly call: GPUCall) {
    const { attrs } = call;
    this.x = PLACES.map((place) => call.optional(`x${place}`));
    const [first, second, shortcut] = this.x.map((x) => x?.shape.at(-1) ?? 0);
    this.channels = [first!, second!, shortcut!];
    this.width = first! + second!;
    this.vector = vectorSize(this.channels);
    const lengths = this.x.map((x, i) => (attrs[`pool${i}`] === true ? x!.shape.at(-2)! : 0));
    this.lengths = [lengths[0]!, lengths[1]!];
    this.shape = [...call.shape('x0').slice(0, -1), this.width];
    if (attrs['pool0'] === true) this.shape.splice(-2, 1, Math.ceil(lengths[0]! / 2));
    this.rows = this.width === 0 ? 0 : util.sizeFromShape(this.shape) / this.width;
    this.relu = attrs['relu'] === true;
  }

  has(place: Place): boolean {
    return this.x[place] !== null;
  }

  /** Number of the inputs. */
  get count(): number {
    return this.x.filter((x) => x !== null).length;
  }

  /** The first of the columns of a place. */
  begin(place: Place): number {
    return [0, this.channels[0], this.width][place]!;
  }

  /** A number of the attributes for each place; 0 where there is none. */
  attributes(name: 'epsilon' | 'rate'): number[] {
    return PLACES.map((place) => (this.call.attrs[`${name}${place}`] as number | undefined) ?? 0);
  }

  /** The inputs as bindings of a shader. */
  bound(): Bound {
    const bound = new Bound(this.vector);
    for (const place of PLACES) bound.read(`x${place}`, this.x[place]!);
    return bound;
  }

  /** What a shader's code depends on. */
  form({ bindings }: Bound): JoinForm {
    const { vector, relu, lengths } = this;
    return { vector, relu, pooled: [lengths[0] > 0, lengths[1] > 0, false], bindings };
  }

  /** The numbers of {@link SIZES}, channels counted in vectors. */
  get sizes(): number[] {
    const { rows, channels, width, vector, lengths } = this;
    return [rows, channels[0] / vector, width / vector, ...lengths];
  }
}

/** The uniforms that {@link JoinInputs.sizes} gives. */
export const SIZES = {
  rows: 'u32',
  first: 'u32', // channels of the first branch
  width: 'u32',
  length0: 'u32',
  length1: 'u32',
} as const;

/** The bindings of a shader. */
export type Bindings = Readonly<Record<string, BindingText>>;

/** What the code of a shader over the inputs of a join depends on. */
export interface JoinForm {
  readonly vector: VectorSize;
  readonly relu: boolean;
  /** Which places are pooled; never the shortcut. */
  readonly pooled: readonly [boolean, boolean, boolean];
  readonly bindings: Bindings;
}

/** The tensors of a dispatch with the bindings they go to; what is not there is left out. */
export class Bound {
  readonly bindings: Record<string, BindingText> = {};
  readonly tensors: TensorInfo[] = [];

  constructor(private readonly vector: VectorSize) {}

  read(name: string, tensor: TensorInfo | null): this {
    return this.bind(name, 'read', tensor);
  }

  write(name: string, tensor: TensorInfo | null): this {
    return this.bind(name, 'write', tensor);
  }

  private bind(name: string, access: 'read' | 'write', tensor: TensorInfo | null): this {
    if (tensor === null) return this;
    this.bindings[name] = `${access} ${vectorType(this.vector)}`;
    this.tensors.push(tensor);
    return this;
  }
}
