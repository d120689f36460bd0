import type { ExtractionProgress } from '@botlab/traffic';
import type { EpochRecord, RunConfig, TrainProgress } from '@botlab/training';
import { type SingleBar, Presets, SingleBar as Bar } from 'cli-progress';

/** Milliseconds between two lines about work that goes on, where there is no bar. */
const QUIET = 10_000;

/** Whether a person watches: else there is no bar. */
const watched = process.stderr.isTTY;

function bar(format: string): SingleBar {
  return new Bar(
    { format, stream: process.stderr, hideCursor: true, clearOnComplete: true, fps: 10 },
    Presets.shades_classic,
  );
}

/** Seconds as "3:20" or "1:02:05". */
function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = `${String(m).padStart(h > 0 ? 2 : 1, '0')}:${String(s).padStart(2, '0')}`;
  return h > 0 ? `${h}:${tail}` : tail;
}

/** Shows how far the reading of data, or other work, is, on a terminal. */
export class ReadingProgress {
  private bar: SingleBar | undefined;

  constructor(private readonly label = 'reading data') {}

  readonly onProgress = (done: number, total: number): void => {
    if (!watched) return;
    this.bar ??= bar(`${this.label} {bar} {percentage} %, {eta_formatted} left`);
    if (!this.bar.isActive) this.bar.start(total, 0);
    this.bar.update(done);
    if (done >= total) this.stop();
  };

  stop(): void {
    this.bar?.stop();
  }
}

/** Shows how far captures are read, on a terminal; of a stream, how many packets it gave. */
export class CaptureProgress {
  private bar: SingleBar | undefined;

  readonly onProgress = ({ packets, bytes, totalBytes }: ExtractionProgress): void => {
    if (!watched) return;
    const part = totalBytes === undefined ? '' : ' {bar} {percentage} %, {eta_formatted} left';
    this.bar ??= bar(`reading captures${part}: {packets} packets`);
    const payload = { packets: packets.toLocaleString('en-US') };
    if (!this.bar.isActive) this.bar.start(totalBytes ?? 0, 0, payload);
    this.bar.update(bytes, payload);
  };

  stop(): void {
    this.bar?.stop();
  }
}

/** Shows how a run trains: a bar on a terminal, else a line an epoch; all on stderr. */
export class TrainingProgress {
  private bar: SingleBar | undefined;
  private label = '';
  /** When a line was last printed, or the work began. */
  private told = 0;

  /** @param label what is trained, such as "[3/10] gru binary" */
  start(label: string): void {
    this.stop();
    this.label = label;
    this.told = Date.now();
  }

  readonly onStep = (progress: TrainProgress): void => {
    if (!watched) return;
    const { epoch, epochs, step, steps } = progress;
    this.bar ??= bar(
      '{label} {bar} epoch {epoch}/{epochs} step {step}/{steps} loss {loss} accuracy {accuracy} {speed} rows/s, {left} left',
    );
    const payload = {
      label: this.label,
      epoch,
      epochs,
      step,
      steps,
      loss: progress.loss.toFixed(4),
      accuracy: progress.accuracy.toFixed(4),
      speed: Math.round(progress.rowsPerSecond),
      left: duration(progress.secondsLeft),
    };
    if (!this.bar.isActive) this.bar.start(epochs * steps, 0, payload);
    this.bar.update((epoch - 1) * steps + step, payload);
  };

  /** Of what has no epochs: shown on a terminal, else said from time to time. */
  readonly onProgress = (done: number, total: number): void => {
    const percentage = Math.floor((100 * done) / total);
    if (!watched) {
      if (Date.now() - this.told < QUIET || done >= total) return;
      this.told = Date.now();
      return this.line(`${this.label}: ${percentage} %`);
    }
    this.bar ??= bar('{label} {bar} {percentage} %, {eta_formatted} left');
    if (!this.bar.isActive) this.bar.start(total, 0, { label: this.label });
    this.bar.update(done);
  };

  readonly onEpoch = (record: EpochRecord, { training }: RunConfig): void => {
    if (watched) return;
    const figures = [
      `loss ${record.loss.toFixed(4)}`,
      `accuracy ${record.accuracy.toFixed(4)}`,
      `validation loss ${record.validationLoss.toFixed(4)}`,
      `validation accuracy ${record.validationAccuracy.toFixed(4)}`,
      `${record.seconds.toFixed(1)} s`,
    ];
    this.line(`${this.label} epoch ${record.epoch}/${training.epochs}: ${figures.join(', ')}`);
  };

  readonly onRecovery = (sentence: string): void => this.line(sentence);

  /** All that a training tells of itself. */
  get hooks() {
    const { onStep, onProgress, onEpoch, onRecovery } = this;
    return { onStep, onProgress, onEpoch, onRecovery };
  }

  /** Prints a line where the bar was. */
  line(text: string): void {
    this.stop();
    process.stderr.write(`${text}\n`);
  }

  stop(): void {
    this.bar?.stop();
    this.bar = undefined;
  }
}
