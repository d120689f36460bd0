import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export { tinyConfig, tinySource, tinySpec } from './contract/tiny-data';

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'botlab-training-'));
}
