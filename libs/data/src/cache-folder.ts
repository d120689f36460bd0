import os from 'node:os';
import path from 'node:path';

/** What decides where a system keeps its caches. */
export interface CacheSystem {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/**
 * The folder for what can be made again: `%LOCALAPPDATA%` on Windows, `~/Library/Caches` on macOS,
 * else `$XDG_CACHE_HOME` (the XDG base directory specification; a relative path there is void) or
 * `~/.cache`. It may not be there yet.
 */
export function cacheFolder({ platform, env, home }: CacheSystem = thisSystem()): string {
  if (platform === 'win32') {
    return env['LOCALAPPDATA'] || path.join(home, 'AppData', 'Local');
  }
  if (platform === 'darwin') return path.join(home, 'Library', 'Caches');
  const xdg = env['XDG_CACHE_HOME'];
  return xdg && path.isAbsolute(xdg) ? xdg : path.join(home, '.cache');
}

function thisSystem(): CacheSystem {
  return { platform: process.platform, env: process.env, home: os.homedir() };
}
