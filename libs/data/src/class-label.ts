import { ATTACKS, FAMILIES, type Family } from '@botlab/traffic';

/** One of the 11 classes of the multi-class task. */
export interface ClassLabel {
  /** What `Table.label` holds: 0 for benign, 1 to 5 for gafgyt, 6 to 10 for mirai. */
  readonly index: number;
  /** "benign", or family and attack: "gafgyt combo". */
  readonly name: string;
  readonly family: Family;
  /** The attack's name inside its family; null for benign. */
  readonly attack: string | null;
}

const NAMED: readonly Omit<ClassLabel, 'index'>[] = [
  { name: 'benign', family: 'benign', attack: null },
  ...FAMILIES.flatMap((family) =>
    ATTACKS[family].map((attack) => ({ name: `${family} ${attack}`, family, attack })),
  ),
];

/** The 11 classes; a class's place in this list is its index. */
export const CLASSES: readonly ClassLabel[] = NAMED.map((label, index) => ({ index, ...label }));

/** The class of an attack of a family (attack null: benign), or undefined where there is none. */
export function classOf(family: string, attack: string | null): ClassLabel | undefined {
  return CLASSES.find((label) => label.family === family && label.attack === attack);
}
