import { configuredPlugins, loadPlugins } from '@botlab/training';

/** Loads the plugins of botlab.config.json, and then those that were typed. */
export async function load(typed: readonly string[] = []): Promise<void> {
  const from = process.cwd();
  await loadPlugins([...configuredPlugins(from), ...typed.map((name) => ({ name, from }))]);
}
