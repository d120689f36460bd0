import { batches } from '@botlab/data';
import type { Examples, TaskData } from './prepare-data';

/**
 * The rows to train on, and the rows to watch: `fraction` of the training rows, drawn by `seed`; with 0
 * the test rows themselves, as the paper watches them.
 */
export function setAside(
  { train, test }: TaskData,
  fraction: number,
  seed: number,
): readonly [training: Examples, watched: Examples] {
  const count = Math.round(train.y.length * fraction);
  if (count === 0) return [train, test];
  const [order] = batches(train.y.length, train.y.length, seed, -1);
  return [take(train, order!.slice(count).sort()), take(train, order!.slice(0, count).sort())];
}

function take({ x, y, rows }: Examples, places: Uint32Array): Examples {
  const width = x.length / y.length;
  const taken = new Float32Array(places.length * width);
  places.forEach((place, i) => {
    taken.set(x.subarray(place * width, (place + 1) * width), i * width);
  });
  return {
    x: taken,
    y: Uint8Array.from(places, (place) => y[place]!),
    rows: Uint32Array.from(places, (place) => rows[place]!),
  };
}
