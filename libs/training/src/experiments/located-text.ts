import { InputError } from '@botlab/errors';
import { LineCounter, parseDocument } from 'yaml';

/** Where in a file something stands: names and numbers of a path into what it holds. */
export type Place = readonly PropertyKey[];

/** A file of JSON or YAML that says where in it something stands. JSON is YAML, so that one reader does for both. */
export class LocatedText {
  readonly value: unknown;
  private readonly lines = new LineCounter();
  private readonly document: ReturnType<typeof parseDocument>;

  /**
   * @param name of the file, for sentences
   * @throws InputError that says where it is not what it should be
   */
  constructor(
    readonly name: string,
    text: string,
  ) {
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false });
    const [fault] = this.document.errors;
    if (fault !== undefined) {
      const { line } = this.lines.linePos(fault.pos[0]);
      throw new InputError(
        `Cannot read ${name}, line ${line}: it is neither JSON nor YAML (${fault.message}); mend that line.`,
      );
    }
    try {
      this.value = this.document.toJS({ maxAliasCount: 0 });
    } catch {
      throw new InputError(
        `Cannot read ${name}: it refers to parts of itself; write them out instead.`,
      );
    }
  }

  /** "studies/a.json, line 12 (variants[2].model)". */
  describe(place: Place): string {
    const path = place.map((part, i) =>
      typeof part === 'number' ? `[${part}]` : `${i > 0 ? '.' : ''}${String(part)}`,
    );
    const line = this.lineOf(place);
    return `${this.name}${line === undefined ? '' : `, line ${line}`}${path.length > 0 ? ` (${path.join('')})` : ''}`;
  }

  /** Line of the last part of a place that is there. */
  private lineOf(place: Place): number | undefined {
    for (let length = place.length; length >= 0; length--) {
      const node: unknown = this.document.getIn(place.slice(0, length), true);
      const range = (node as { range?: [number, number, number] | null } | undefined)?.range;
      if (range) return this.lines.linePos(range[0]).line;
    }
    return undefined;
  }

  /** Does a check, and says where in the file is what it refuses. @throws InputError */
  at<T>(place: Place, check: () => T): T {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InputError(`${this.describe(place)}: ${error.message}`);
    }
  }
}
