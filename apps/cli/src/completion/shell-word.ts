/** A text as one word of bash or zsh. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Texts as the words of a pattern of `case`. */
export function casePattern(texts: readonly string[]): string {
  return texts.map(shellWord).join(' | ');
}
