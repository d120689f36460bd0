import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { InputError } from '@botlab/errors';

/** One output in several forms, by media type: a viewer shows the richest that it can. */
export type Bundle = Readonly<Record<string, string>>;

type Send = (
  message: { data: Bundle; metadata: object; transient: { display_id?: string } },
  update: boolean,
) => void;

/**
 * The function by which tslab sends an output to the cell that is running. Its public `display`
 * sends one media type at a time; a figure has three.
 */
function sender(): Send {
  // The kernel that runs is the copy beside this file, or another that started it.
  for (const from of [__filename, process.argv[1] ?? __filename]) {
    try {
      const jupyter = createRequire(from)('tslab/dist/jupyter') as { lastWriteDisplayData?: Send };
      if (jupyter.lastWriteDisplayData) return jupyter.lastWriteDisplayData;
    } catch {
      // not there
    }
  }
  throw new InputError(
    'Cannot display anything outside a notebook: run this in a cell (npm run lab opens JupyterLab).',
  );
}

/** Displays an output in the cell that is running. */
export function display(data: Bundle): void {
  sender()({ data, metadata: {}, transient: {} }, false);
}

/** An output that is displayed once and then changes in place, wherever its cell is by then. */
export class LiveOutput {
  readonly #id = randomUUID();
  #shown = false;

  set(data: Bundle): void {
    sender()({ data, metadata: {}, transient: { display_id: this.#id } }, this.#shown);
    this.#shown = true;
  }
}
