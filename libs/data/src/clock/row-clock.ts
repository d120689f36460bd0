import { InputError } from '@botlab/errors';
import { type Block, WINDOWS } from '@botlab/traffic';
import { streamStep } from './stream-step';

/** The streams that a row is the newest packet of: of its address, its hardware and its destination. */
const BLOCKS: readonly Block[] = ['H', 'MI_dir', 'HH'];
/** A device talks with few at a time; streams beyond that many are taken to have ended. */
const OPEN = 12;
/** A time that is less sure, in seconds, is not read. */
const LEAST_SURE = 1e-2;
/** Times are told apart from here on, in seconds. */
const SAME = 1e-6;
/** What is later than this is unix time and no span of a recording. */
const CALENDAR = 1e8;
/** The digits of a double, after some thousand roundings, and those of the files that have ten. */
const [FULL, TEN] = [1e-14, 1e-9];

/** When the packets of a file were sent. */
export interface RowTimes {
  /** `[rows]` since the first row, never less than before. A gap of unknown length counts as little as it can be. */
  readonly seconds: Float64Array;
  /** The rows, from 0, that nothing ties to those before them: a gap of unknown length lies before each. */
  readonly gaps: readonly number[];
}

/** A time that is told by what was seen before: relative to a span, within which all times are known. */
interface Reading {
  readonly span: number;
  /** Since the span began. */
  readonly local: number;
  readonly error: number;
}

/** The newest row of a stream. */
interface OpenStream {
  readonly weights: Float64Array;
  readonly span: number;
  readonly local: number;
}

/** A stretch of rows whose times are known from each other; between two there is a gap. */
interface Span {
  /** When it began, since the first row: at least so late. */
  begin: number;
  /** The latest of its rows, since it began. */
  latest: number;
  /** The row that it began with. */
  readonly row: number;
  /** Whether its begin is known, and not only that it was no earlier. */
  isTied: boolean;
}

/** What unix time a span began at. */
interface Epoch extends Reading {
  readonly unix: number;
}

/**
 * Tells the time of rows by their features alone: the clock that the weights of N-BaIoT carry. Give it the rows of one
 * file, all of them and in order. A row continues a stream, whose weights say how long it was idle ({@link streamStep});
 * or it begins one, and then its jitter is the unix time of the packet. Where neither tells the time since the row
 * before there is a gap, whose length comes out when a stream from before it goes on.
 *
 * Some published files have ten digits, others all that a double has; it reads both.
 */
export class RowClock {
  readonly #columns: readonly (readonly number[])[];
  readonly #jitter: { readonly weight: number; readonly mean: number } | undefined;
  readonly #open: OpenStream[][] = BLOCKS.map(() => []);
  readonly #spans: Span[] = [];
  /** The span of each row, and its time since that began. */
  readonly #spanOf: number[] = [];
  readonly #localOf: number[] = [];
  #now = 0;
  #epoch: Epoch | undefined;

  /** @throws InputError for rows without the weights of addresses, hardware and destinations */
  constructor(columns: readonly string[]) {
    const place = (name: string) => columns.indexOf(name);
    this.#columns = BLOCKS.map((block) =>
      WINDOWS.map((window) => {
        const name = `${block}_${window}_weight`;
        if (place(name) >= 0) return place(name);
        throw new InputError(`The rows have no clock: there is no column ${name}.`);
      }),
    );
    const [weight, mean] = [place('HH_jit_L0.1_weight'), place('HH_jit_L0.1_mean')];
    this.#jitter = weight < 0 || mean < 0 ? undefined : { weight, mean };
  }

  /**
   * Takes the next row of the file.
   *
   * @param offset where its first column lies in `features`
   */
  add(features: Float64Array, offset = 0): void {
    const weights = this.#columns.map((columns) =>
      Float64Array.from(columns, (column) => features[offset + column]!),
    );
    const { places, readings } = this.#continued(weights);
    const unix = this.#unixTime(features, offset);
    if (unix !== undefined && this.#epoch !== undefined && unix.error <= LEAST_SURE) {
      const { span, local, unix: begin, error } = this.#epoch;
      if (error <= LEAST_SURE) readings.push({ span, local: local + unix.seconds - begin, error });
    }
    const reading = this.#latestOf(readings);
    const { span, local } = reading ?? this.#newSpan();
    if (unix !== undefined && unix.error < (this.#epoch?.error ?? Infinity)) {
      this.#epoch = { span, local, unix: unix.seconds, error: unix.error };
    }
    places.forEach((at, block) => {
      const open = this.#open[block]!;
      if (at >= 0) open.splice(at, 1);
      else if (open.length === OPEN) open.shift();
      open.push({ weights: weights[block]!, span, local });
    });
    this.#spanOf.push(span);
    this.#localOf.push(local);
  }

  /** The times of all rows so far. */
  times(): RowTimes {
    const spans = this.#spans;
    let latest = 0;
    return {
      // Rows are in order: what is before the row before is so by the digits of a weight alone.
      seconds: Float64Array.from(this.#localOf, (local, row) => {
        latest = Math.max(latest, spans[this.#spanOf[row]!]!.begin + local);
        return latest;
      }),
      gaps: spans.filter(({ isTied }) => !isTied).map(({ row }) => row),
    };
  }

  /** Which open streams the row continues, by block (-1: none), and what they tell of its time. */
  #continued(weights: readonly Float64Array[]): { places: number[]; readings: Reading[] } {
    const readings: Reading[] = [];
    const digits = digitsOf(weights[0]![3]!);
    const places = weights.map((after, block) => {
      if (after.at(-1) === 1) return -1; // the first of its stream
      const open = this.#open[block]!;
      let place = -1;
      for (let at = open.length - 1; at >= 0; at--) {
        const { weights: before, span, local } = open[at]!;
        const step = streamStep(before, after, digits);
        if (step === undefined) continue;
        const { error } = step;
        const reached = local + step.seconds;
        if (reached < this.#spans[span]!.latest - SAME - 3 * error) continue;
        if (place < 0) place = at;
        if (error <= LEAST_SURE) readings.push({ span, local: reached, error });
        if (step.isStrong) return at;
      }
      return place;
    });
    return { places, readings };
  }

  /** Of what is told of a row the surest, of the oldest span; younger ones are tied to it. */
  #latestOf(readings: readonly Reading[]): Reading | undefined {
    const [best, ...others] = [...readings].sort((a, b) => a.span - b.span || a.error - b.error);
    if (best === undefined) return undefined;
    this.#reach(best);
    for (const other of others) {
      if (other.span === best.span) continue;
      this.#reach(other);
      this.#spans[other.span]!.isTied = true;
    }
    return best;
  }

  /** Moves the clock on to a reading, or the span of the reading up to the clock. */
  #reach({ span: place, local }: Reading): void {
    const span = this.#spans[place]!;
    span.latest = Math.max(span.latest, local);
    this.#now = Math.max(this.#now, span.begin + span.latest);
    span.begin = this.#now - span.latest;
  }

  #newSpan(): Reading {
    const span = this.#spans.length;
    const row = this.#spanOf.length;
    this.#spans.push({ begin: this.#now, latest: 0, row, isTied: span === 0 });
    return { span, local: 0, error: 0 };
  }

  /** The first jitter of a stream is the time since 1970. */
  #unixTime(
    features: Float64Array,
    offset: number,
  ): { seconds: number; error: number } | undefined {
    if (this.#jitter === undefined || features[offset + this.#jitter.weight] !== 1)
      return undefined;
    const seconds = features[offset + this.#jitter.mean]!;
    if (!(seconds > CALENDAR)) return undefined;
    return { seconds, error: Number.isInteger(seconds) ? 0.5 : SAME };
  }
}

/** How exactly a weight is written: some files have ten digits. */
function digitsOf(weight: number): number {
  return Number(weight.toPrecision(10)) === weight ? TEN : FULL;
}
