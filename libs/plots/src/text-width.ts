/** Width of a text in a sans-serif font of one pixel; within some 5 % of common ones. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/[ijltfrI.,:;|'!()[\]\s]/.test(character)) width += 0.32;
    else if (/[mwMW%@]/.test(character)) width += 0.9;
    else if (/[A-Z]/.test(character)) width += 0.67;
    else width += /[⺀-鿿＀-￯]/.test(character) ? 1 : 0.56;
  }
  return width;
}

// Where a line may end: after a space, and after a Chinese character or sign.
const pieces = /[^\s⺀-鿿＀-￯]*(?:\s+|[⺀-鿿＀-￯][，。；：）]?|$)/gu;

/** The text in lines of at most that width, in a font of one pixel; a longer word stays whole. */
export function brokenLines(text: string, width: number): string[] {
  const lines = [''];
  for (const piece of text.match(pieces) ?? []) {
    const longer = lines.at(-1)! + piece;
    if (lines.at(-1) !== '' && textWidth(longer.trimEnd()) > width) lines.push(piece);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line) => line.trim());
}
