import type { Language } from './language';
import { sayIn } from './say';

/** What every figure takes beside its data. */
export interface FigureOptions {
  /** In place of the figure's own. */
  title?: string;
  /** Of all its words; without it, that of `setLanguage`. */
  language?: Language;
  /** Marks the title: the data were simulated, not recorded. */
  synthetic?: boolean;
}

/** A title, with "(synthetic data)" behind it where the data are: figures are saved and shown alone. */
export function caption(
  title: string,
  { synthetic = false, language }: Pick<FigureOptions, 'synthetic' | 'language'>,
): string {
  return synthetic ? sayIn(language)('{title} (synthetic data)', { title }) : title;
}
