import { existsSync } from 'node:fs';
import { readTreeRows, withRowsFolder } from './tree-rows';

it('gives another process the same rows, in a folder that is gone afterwards', async () => {
  const rows = {
    train: { x: Float32Array.of(1, -2.5, 3, Math.fround(0.1)), y: Uint8Array.of(0, 10) },
    test: { x: Float32Array.of(7, 8), y: Uint8Array.of(3) },
    features: 2,
    classes: 11,
  };
  let place = '';
  const read = await withRowsFolder(rows, (folder) => {
    place = folder.folder;
    return readTreeRows(folder);
  });
  expect(read).toEqual(rows);
  expect(existsSync(place)).toBe(false);
  await expect(withRowsFolder(rows, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});
