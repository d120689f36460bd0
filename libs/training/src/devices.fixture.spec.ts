import { type Source, Table } from '@botlab/data';
import { tinySource } from './tiny-data.fixture.spec';

/** What a file of {@link sourceOf} holds: a device, a class and how many rows. */
export type TinyFile = readonly [device: string, label: number, rows: number];

/** The tiny source with other files: each row is one of the tiny source's of benign or of attack. */
export function sourceOf(...contents: readonly TinyFile[]): Source {
  const files = contents.map(([device, label, rows], i) => ({
    name: `${i}.csv`,
    device,
    label,
    rows,
  }));
  const devices = [...new Set(contents.map(([device]) => device))];
  return {
    ...tinySource,
    description: `a synthetic source of ${devices.length} devices`,
    files,
    rows: files.reduce((sum, { rows }) => sum + rows, 0),
    read: async (selection, options) => {
      const places = selection.flatMap((rows, file) => Array.from(rows, (row) => ({ file, row })));
      const whole = await tinySource.read(
        tinySource.files.map(({ rows }) => Uint32Array.from({ length: rows }, (_, row) => row)),
        options,
      );
      const twins = places.map(({ file, row }) => (files[file]!.label === 0 ? 0 : 40) + (row % 40));
      return new Table({
        ...whole.take(twins),
        label: Uint8Array.from(places, ({ file }) => files[file]!.label),
        device: Uint8Array.from(places, ({ file }) => devices.indexOf(files[file]!.device)),
        devices,
        file: Uint16Array.from(places, ({ file }) => file),
        files,
        row: Uint32Array.from(places, ({ row }) => row),
      });
    },
  };
}
