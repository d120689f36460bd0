/** The command line as it was typed. */
export function typed(): string {
  const words = process.argv.slice(2).map((word) => {
    return /^[\w./:=,+@%-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
  });
  return ['botlab', ...words].join(' ');
}
