/** A function to go down: writes its gradient at `at` into `gradient`, and returns its value. */
export type Objective = (at: Float64Array, gradient: Float64Array) => number;

export interface MinimiseOptions {
  /** Ends where no partial derivative is larger. */
  readonly tolerance: number;
  /** Ends after so many iterations. */
  readonly iterations: number;
  /** An estimate of the inverse Hessian, times a vector in place; where left out the unit matrix. */
  readonly precondition?: (vector: Float64Array) => void;
  /** After each iteration; what it throws ends the search. */
  readonly onIteration?: (done: number) => void | Promise<void>;
}

export interface Minimum {
  readonly at: Float64Array;
  readonly value: number;
  readonly iterations: number;
}

/** A step and the change of the gradient along it. */
interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** 1 / (step · change). */
  readonly scale: number;
}

const MEMORY = 10;
/** The Wolfe conditions: a step goes down enough, and far enough. */
const ENOUGH = 1e-4;
const CURVATURE = 0.9;
const MOST_TRIALS = 40;
/** A relative fall of the value that is within rounding. */
const ROUNDING = 64 * Number.EPSILON;

/**
 * Minimum of a smooth convex function by L-BFGS (Liu and Nocedal 1989) in float64, from `start`. The line search
 * halves and doubles until the weak Wolfe conditions hold.
 */
export async function minimise(
  objective: Objective,
  start: Float64Array,
  { tolerance, iterations, precondition, onIteration }: MinimiseOptions,
): Promise<Minimum> {
  let at = Float64Array.from(start);
  let gradient = new Float64Array(at.length);
  let value = objective(at, gradient);
  const pairs: Pair[] = [];
  let done = 0;
  while (done < iterations && largest(gradient) > tolerance) {
    const direction = descent(gradient, pairs, precondition);
    const first = pairs.length > 0 || precondition ? 1 : Math.min(1, 1 / norm(gradient));
    const found = search(objective, at, value, gradient, direction, first);
    if (found === undefined) break; // no step goes down: the value is exact to rounding
    const step = difference(found.at, at);
    const change = difference(found.gradient, gradient);
    const along = dot(step, change);
    if (along > 0) pairs.push({ step, change, scale: 1 / along });
    if (pairs.length > MEMORY) pairs.shift();
    const fell = value - found.value;
    ({ at, gradient, value } = found);
    done += 1;
    await onIteration?.(done);
    if (fell <= ROUNDING * Math.max(Math.abs(value), 1)) break;
  }
  return { at, value, iterations: done };
}

/** Minus the estimated inverse Hessian times the gradient. */
function descent(
  gradient: Float64Array,
  pairs: readonly Pair[],
  precondition?: (vector: Float64Array) => void,
): Float64Array {
  const direction = gradient.map((slope) => -slope);
  const shares = new Float64Array(pairs.length);
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { step, change, scale } = pairs[i]!;
    shares[i] = scale * dot(step, direction);
    add(direction, change, -shares[i]!);
  }
  const last = pairs.at(-1);
  if (last !== undefined) {
    const changed = Float64Array.from(last.change);
    precondition?.(changed);
    const factor = 1 / (last.scale * dot(last.change, changed));
    direction.forEach((value, i) => (direction[i] = value * factor));
  }
  precondition?.(direction);
  for (const [i, { step, change, scale }] of pairs.entries()) {
    add(direction, step, shares[i]! - scale * dot(change, direction));
  }
  return direction;
}

interface Place {
  readonly at: Float64Array<ArrayBuffer>;
  readonly gradient: Float64Array<ArrayBuffer>;
  readonly value: number;
}

/** A place along a direction that meets the Wolfe conditions, or the lowest that was tried; undefined where none is lower. */
function search(
  objective: Objective,
  from: Float64Array,
  value: number,
  gradient: Float64Array,
  direction: Float64Array,
  first: number,
): Place | undefined {
  const slope = dot(gradient, direction);
  let [least, most, length] = [0, Infinity, first];
  let lowest: Place | undefined;
  for (let trial = 0; trial < MOST_TRIALS; trial++) {
    const at = from.map((x, i) => x + length * direction[i]!);
    const there = new Float64Array(at.length);
    const found = objective(at, there);
    if (!(found <= value + ENOUGH * length * slope)) {
      most = length;
    } else {
      lowest = { at, gradient: there, value: found };
      if (dot(there, direction) >= CURVATURE * slope) return lowest;
      least = length;
    }
    length = most === Infinity ? 2 * least : (least + most) / 2;
  }
  return lowest;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function add(to: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * values[i]!;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((x, i) => x - b[i]!);
}

function norm(values: Float64Array): number {
  return Math.sqrt(dot(values, values));
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
