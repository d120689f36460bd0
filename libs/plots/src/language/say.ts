import { currentLanguage, type Language } from './language';
import { zh } from './zh';

/** A phrase of the dictionary, by its English text. */
export type Phrase = keyof typeof zh;

/** The names in braces of a phrase. */
type Gap<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Gap<Rest>
  : never;

/** What fills a phrase's gaps: nothing where it has none. */
type Filling<P extends string> = [Gap<P>] extends [never]
  ? []
  : [Readonly<Record<Gap<P>, string | number>>];

/** A phrase in one language, its gaps filled. */
export type Say = <P extends Phrase>(phrase: P, ...filling: Filling<P>) => string;

/** What says the dictionary's phrases in a language; without one, in that of {@link currentLanguage}. */
export function sayIn(language: Language = currentLanguage()): Say {
  return (phrase, ...[filling]) =>
    (language === 'zh' ? zh[phrase] : phrase).replace(/\{(\w+)\}/g, (_, name: string) =>
      String((filling as Readonly<Record<string, string | number>>)[name]),
    );
}

/** A text of data in a language: translated where it is a phrase of the dictionary, else as it is. */
export function translated(text: string, language: Language = currentLanguage()): string {
  return Object.hasOwn(zh, text) ? sayIn(language)(text as 'class') : text;
}
