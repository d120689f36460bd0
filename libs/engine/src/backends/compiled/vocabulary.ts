/** What the sources of the kernels say of themselves: `cpp/vocabulary.h`. */
export class Vocabulary {
  private readonly orders: ReadonlyMap<string, readonly string[]>;

  /** @param orders names with commas between them, each after its type where it has one */
  constructor(
    private readonly constants: Readonly<Record<string, number>>,
    orders: Readonly<Record<string, string>>,
  ) {
    const namesOf = (text: string): string[] =>
      text.split(',').flatMap((part) => /\w+$/.exec(part.trim())?.[0] ?? []);
    this.orders = new Map(Object.entries(orders).map(([name, text]) => [name, namesOf(text)]));
  }

  /** @throws TypeError for one that the sources do not name */
  constant(name: string): number {
    const value = this.constants[name];
    if (value === undefined) throw new TypeError(`the kernels name no constant "${name}"`);
    return value;
  }

  /** The names of what is numbered from 0, or goes in a row. @throws TypeError for one that the sources do not name */
  order(name: string): readonly string[] {
    const names = this.orders.get(name);
    if (names === undefined) throw new TypeError(`the kernels name no order "${name}"`);
    return names;
  }

  /** Values in an order, from values by their names. @throws TypeError where they do not have the same names */
  inOrder<T>(name: string, values: Readonly<Record<string, T>>): T[] {
    const names = this.order(name);
    if (Object.keys(values).length !== names.length) {
      throw new TypeError(
        `"${name}" has ${names.join(', ')}, not ${Object.keys(values).join(', ')}`,
      );
    }
    return names.map((part) => {
      if (!(part in values)) throw new TypeError(`"${name}" has ${part}, which is not given`);
      return values[part]!;
    });
  }
}
