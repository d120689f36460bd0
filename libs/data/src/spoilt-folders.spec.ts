import path from 'node:path';
import { skipIf } from '../../../tools/testing/skip-if';
import { messageOf } from './csv-folder.fixture.spec';
import { csvSource } from './csv-source';
import { range } from './range';
import { Scaler, SCALERS, type ScalerKind } from './scaler';
import type { Table } from './table';

const cases = process.env['BOTLAB_CASES'];
const missing =
  cases === undefined ? 'no spoilt inputs: set BOTLAB_CASES to a folder of them' : undefined;

/** Folders of a few genuine rows, each spoilt in one way. */
skipIf(missing).describe('a folder of genuine rows, spoilt', () => {
  const folder = (name: string): string => path.join(cases ?? '', 'data', name);
  const benign = (name: string): string =>
    path.join(folder(name), 'Danmini_Doorbell', 'benign_traffic.csv');
  const readAll = async (name: string): Promise<Table> => {
    const source = await csvSource(folder(name));
    return source.read(source.files.map(({ rows }) => range(rows)));
  };

  it('with a file packed: it is named, and what to do', async () => {
    const file = 'Ennio_Doorbell/gafgyt_attacks/udp.csv.zip';
    expect(await messageOf(readAll('uci-one-zip'))).toBe(
      `InputError: Cannot read ${path.join(folder('uci-one-zip'), file)}: it is an archive; extract it first, or remove it.`,
    );
  });

  it('with an ending in capitals: it is read', async () => {
    const table = await readAll('upper');
    expect(table.classCounts().slice(0, 6)).toEqual([120, 0, 0, 120, 120, 120]);
  });

  it('with 1_000 in a cell: its line and column are named', async () => {
    expect(await messageOf(readAll('under'))).toBe(
      `InputError: Cannot read ${benign('under')}: line 4, column MI_dir_L3_weight is "1_000", expected a number; correct the file or download it again.`,
    );
  });

  /** A scaler of all rows, as a run reads it again; it scales them to finite numbers. */
  const fitted = (kind: ScalerKind, table: Table): Float32Array => {
    const stored = JSON.stringify(Scaler.fit(kind, table, range(table.rows)));
    return Scaler.fromJSON(JSON.parse(stored)).transform(table, range(table.rows));
  };

  it('with 1.7e308 and -1.7e308: the row and column are named, or it is scaled by log', async () => {
    const table = await readAll('big-minmax');
    for (const kind of ['standard', 'min-max'] as const) {
      expect(() => Scaler.fit(kind, table, range(table.rows))).toThrow(
        /^Cannot scale row 7 below the header of Danmini_Doorbell\/benign_traffic\.csv: its MI_dir_L3_weight of 1\.7e\+308 is so large/,
      );
    }
    expect(fitted('log', table).every(Number.isFinite)).toBe(true);
  });

  it('with 1e60: trained on, it is scaled; else the row that has it is named', async () => {
    const table = await readAll('far-1e60');
    for (const kind of SCALERS) expect(fitted(kind, table).every(Number.isFinite)).toBe(true);
    const others = range(table.rows).filter((row) => row !== 6);
    for (const kind of ['standard', 'min-max'] as const) {
      const scaler = Scaler.fit(kind, table, others);
      expect(() => scaler.transform(table, range(table.rows))).toThrow(
        /^Cannot scale row 7 below the header of Danmini_Doorbell\/benign_traffic\.csv: its MI_dir_L3_mean of 1e\+60 is too far/,
      );
    }
  });
});
