import type { Argument } from './host';
import type { Vocabulary } from './vocabulary';

/** What a kernel takes in a place. */
export interface Parameter {
  /** For a sentence. */
  readonly wanted: string;
  readonly fits: (argument: Argument) => boolean;
}

/** By the names that the kernels' sources give them. */
const PARAMETERS: Readonly<Record<string, Parameter>> = {
  floats: {
    wanted: 'a Float32Array or null',
    fits: (argument) => argument === null || argument instanceof Float32Array,
  },
  floats64: {
    wanted: 'a Float64Array or null',
    fits: (argument) => argument === null || argument instanceof Float64Array,
  },
  integers: {
    wanted: 'an Int32Array or null',
    fits: (argument) => argument === null || argument instanceof Int32Array,
  },
  bytes: {
    wanted: 'a Uint8Array or null',
    fits: (argument) => argument === null || argument instanceof Uint8Array,
  },
  whole: {
    wanted: 'a whole number of 32 bits',
    fits: (argument) => typeof argument === 'number' && (argument | 0) === argument,
  },
  number: { wanted: 'a number', fits: (argument) => typeof argument === 'number' },
};

/** The parameters of a kernel, from the character that the sources have for each. */
export function parametersOf(characters: string, vocabulary: Vocabulary): Parameter[] {
  const known = new Map(
    Object.entries(PARAMETERS).map(([name, parameter]) => {
      return [String.fromCharCode(vocabulary.constant(name)), parameter];
    }),
  );
  return [...characters].map((character) => known.get(character)!);
}
