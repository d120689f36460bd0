const BYTES = 6;

/** A MAC address as a 48-bit number, from text such as 02:00:00:00:00:A1; undefined for other text. */
export function parseMac(text: string): number | undefined {
  const isMac = /^[\da-f]{2}([:-])[\da-f]{2}(?:\1[\da-f]{2}){4}$/i.test(text);
  return isMac ? parseInt(text.replace(/[:-]/g, ''), 16) : undefined;
}

/** A 48-bit number as a MAC address: "02:00:00:00:00:a1". */
export function macText(mac: number): string {
  const digits = mac.toString(16).padStart(2 * BYTES, '0');
  return digits.match(/../g)!.join(':');
}
