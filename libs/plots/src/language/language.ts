import { unknownName } from '@botlab/errors';

/** The languages that figures speak. */
export const languages = ['en', 'zh'] as const;

/** A language of figures: English, or Chinese in simplified characters. */
export type Language = (typeof languages)[number];

let common: Language = 'en';

/**
 * Sets the language of all figures, tables and progress bars that are not given one of their own, once for a
 * notebook: `setLanguage('zh')`.
 *
 * @throws InputError when the name is of no language that there is
 */
export function setLanguage(language: string): void {
  const known = languages.find((name) => name === language);
  if (known === undefined) throw unknownName('language', language, languages);
  common = known;
}

/** The language that {@link setLanguage} set last; English at first. */
export function currentLanguage(): Language {
  return common;
}
