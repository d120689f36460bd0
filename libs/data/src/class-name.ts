import { ATTACKS, FAMILIES, type Family } from '@botlab/traffic';

/** What a file's name seems to stand for, though it may be spelt or placed otherwise. */
export interface SeemingClass {
  /** The families that have it: an attack such as scan is of two, where the name has no family. */
  readonly families: readonly Family[];
  /** Null for benign. */
  readonly attack: string | null;
  /** What the file should be called: `benign_traffic.csv`, `udp.csv`, `1.gafgyt.udp.csv`. */
  readonly file: string;
}

/** Words that say what traffic is in a file, wherever they stand in its path. */
const WORDS: ReadonlySet<string> = new Set([...FAMILIES, ...Object.values(ATTACKS).flat()]);
/** Those that are unlike any other word, so that they count inside one, too. */
const TELLING = /benign|gafgyt|bashlite|mirai|udpplain/i;

/** Whether a path has a word of the data set's classes in it. */
export function namesClass(path: string): boolean {
  const words = path.toLowerCase().split(/[^a-z]+/);
  return TELLING.test(path) || words.some((word) => WORDS.has(word));
}

/** The class that a file's name without endings seems to stand for: `udp_plain`, `Benign`, `1-gafgyt-udp`. */
export function seemingClass(stem: string): SeemingClass | undefined {
  const [, number, rest = stem] = /^(\d+)[^a-z0-9]+(.+)$/i.exec(stem) ?? [];
  const letters = rest.toLowerCase().replace(/[^a-z]/g, '');
  const named = FAMILIES.find((family) => letters.startsWith(family));
  const what = letters.slice(named?.length ?? 0).replace(/(attacks?|traffic)$/, '');
  if (named === 'benign') {
    if (what !== '') return undefined;
    const file = number === undefined ? 'benign_traffic.csv' : `${number}.benign.csv`;
    return { families: ['benign'], attack: null, file };
  }
  const families = FAMILIES.filter(
    (family) => (named ?? family) === family && ATTACKS[family].includes(what),
  );
  const [family] = families;
  if (family === undefined) return undefined;
  const file =
    number === undefined || named === undefined ? `${what}.csv` : `${number}.${family}.${what}.csv`;
  return { families, attack: what, file };
}
