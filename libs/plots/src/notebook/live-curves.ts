import { type FigureOptions } from '../language/caption';
import { sayIn, translated } from '../language/say';
import { trainingCurves, type Epoch } from '../training-curves';
import { LiveOutput } from './output';
import { figureBundle, requirePlotly } from './show';

/** Of a run's configuration, what its curve is named by. */
export interface RunLike {
  readonly model: string;
  readonly task?: string;
  readonly seed?: number;
  readonly training?: { readonly epochs: number };
}

// What the eye can follow; each redrawing sends all curves.
const pauseMs = 400;

/** Accuracy and loss by epoch, drawn again while a training runs. */
export class LiveCurves {
  readonly #options: FigureOptions;
  readonly #output = new LiveOutput();
  readonly #runs = new Map<string, Epoch[]>();
  #last = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: FigureOptions = {}) {
    this.#options = options;
    requirePlotly();
  }

  /** Adds an epoch to the curve of that name. */
  add(name: string, epoch: Epoch): void {
    const history = this.#runs.get(name);
    if (history) history.push(epoch);
    else this.#runs.set(name, [epoch]);
    clearTimeout(this.#timer);
    // The image for viewers without scripts is worth its time only when the curves rest.
    this.#timer = setTimeout(() => this.finish(), 2 * pauseMs).unref();
    if (performance.now() - this.#last >= pauseMs) this.#draw(false);
  }

  /** For the options of `train`: a curve for each run, finished with its last epoch. */
  readonly onEpoch = (epoch: Epoch, run: RunLike): void => {
    this.add(`${run.model}${this.#names(run)}`, epoch);
    if (epoch.epoch === run.training?.epochs) this.finish();
  };

  /** Draws what there is, as it is to be kept. */
  finish(): void {
    clearTimeout(this.#timer);
    this.#draw(true);
  }

  #names({ task, seed }: RunLike): string {
    const { language } = this.#options;
    const parts = [
      task && translated(task, language),
      seed !== undefined && sayIn(language)('seed {seed}', { seed }),
    ];
    return parts.map((part) => (part ? ` ${part}` : '')).join('');
  }

  #draw(still: boolean): void {
    const runs = [...this.#runs].map(([name, history]) => ({ name, history }));
    this.#output.set(figureBundle(trainingCurves(runs, this.#options), { still }));
    this.#last = performance.now();
  }
}

/**
 * Displays curves of accuracy and loss in the cell that is running, and returns what adds to them:
 * `train(config, data, { out, onEpoch: curves.onEpoch })`, or `curves.add('mine', epoch)` in a loop
 * of one's own, with `curves.finish()` after it.
 *
 * @throws InputError outside a notebook
 */
export function liveCurves(options: FigureOptions = {}): LiveCurves {
  return new LiveCurves(options);
}
