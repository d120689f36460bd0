/**
 * A bar on a terminal for work of unknown length that grows: `grow(n)` adds to what is to be done, `step()`
 * to what is. Where nobody watches there is none.
 */
export async function progressBar(label) {
  if (!process.stderr.isTTY) return { grow() {}, step() {}, stop() {} };
  const { default: progress } = await import('cli-progress');
  const format = `${label} {bar} {value}/{total} {unit}, {duration_formatted}`;
  const bar = new progress.SingleBar(
    { format, stream: process.stderr, hideCursor: true, clearOnComplete: true, fps: 10 },
    progress.Presets.shades_classic,
  );
  bar.start(0, 0, { unit: 'cells' });
  return {
    grow: (cells) => bar.setTotal(bar.getTotal() + cells),
    step: () => bar.increment(),
    stop: () => bar.stop(),
  };
}
