import type { CompletedCommand, Value } from './command-tree';

/** What follows some options, and the places of these: a command's path and an option's name. */
export interface ValuePlaces {
  readonly value: NonNullable<Value>;
  readonly places: readonly string[];
}

/** The values of all options, those that take the same together. */
export function valuesByPlace(commands: readonly CompletedCommand[]): ValuePlaces[] {
  const found = new Map<string, { value: NonNullable<Value>; places: string[] }>();
  for (const { path, options } of commands) {
    for (const { flags, value } of options) {
      if (value === undefined) continue;
      const key = JSON.stringify(value);
      const group = found.get(key) ?? { value, places: [] };
      group.places.push(...flags.map((flag) => `${path} ${flag}`));
      found.set(key, group);
    }
  }
  return [...found.values()];
}
