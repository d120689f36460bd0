const COPIES: readonly RegExp[] = [
  /^(copy of|kopie von) /i,
  /( - |[ _-])?(copy|kopie|副本)( ?\(?\d+\)?)?(?=\.|$)/i,
  / ?\(\d+\)(?=\.|$)/,
  /(~|[._-](bak|old|orig|backup|save))$/i,
];

/** The name of what a file or folder is a copy of, by its own name: `udp.csv` of `udp (1).csv`; else the name itself. */
export function originalName(name: string): string {
  return COPIES.reduce((text, pattern) => text.replace(pattern, ''), name);
}
