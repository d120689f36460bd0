// The plain way from captures to rows: `node plain-extraction.js OUT CAPTURE …`. Each row becomes text, the text
// a file; for Parquet DuckDB reads that and writes another.
import { closeSync, openSync, writeSync } from 'node:fs';
import { FEATURE_NAMES, FeatureExtractor, FEATURES, readCapture } from '@botlab/traffic';

const LINES = 512;

async function extract(out: string, captures: readonly string[]): Promise<void> {
  const isParquet = out.endsWith('.parquet');
  const csv = isParquet ? `${out}.csv` : out;
  const file = openSync(csv, 'w');
  const extractor = new FeatureExtractor();
  const row = new Float64Array(FEATURES.length);
  let lines = [FEATURE_NAMES.join(',')];
  const flush = (): void => {
    if (lines.length > 0) writeSync(file, `${lines.join('\n')}\n`);
    lines = [];
  };
  for (const capture of captures) {
    await readCapture(capture, {
      onBatch: (batch) => {
        for (let i = 0; i < batch.size; i++) {
          extractor.update(batch, i);
          extractor.write(row);
          if (lines.push(row.join(',')) === LINES) flush();
        }
      },
    });
  }
  flush();
  closeSync(file);
  if (!isParquet) return;
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(
    `COPY (FROM read_csv('${csv}')) TO '${out}' (FORMAT parquet, COMPRESSION zstd)`,
  );
}

const [out = '', ...captures] = process.argv.slice(2);
void extract(out, captures);
