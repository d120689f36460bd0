import path from 'node:path';
import { cacheFolder, type CacheSystem } from './cache-folder';

const home = path.resolve('home');
const elsewhere = path.resolve('elsewhere');

it.each<[NodeJS.Platform, CacheSystem['env'], string]>([
  ['linux', {}, path.join(home, '.cache')],
  ['linux', { XDG_CACHE_HOME: elsewhere }, elsewhere],
  ['linux', { XDG_CACHE_HOME: 'relative' }, path.join(home, '.cache')],
  ['linux', { XDG_CACHE_HOME: '' }, path.join(home, '.cache')],
  ['darwin', { XDG_CACHE_HOME: elsewhere }, path.join(home, 'Library', 'Caches')],
  ['win32', { LOCALAPPDATA: elsewhere }, elsewhere],
  ['win32', {}, path.join(home, 'AppData', 'Local')],
])('on %s with %j', (platform, env, expected) => {
  expect(cacheFolder({ platform, env, home })).toBe(expected);
});

it('is an absolute path here', () => {
  expect(path.isAbsolute(cacheFolder())).toBe(true);
});
