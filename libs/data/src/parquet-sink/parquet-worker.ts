import { serveRows } from '@botlab/traffic';
import { GROUP_ROWS } from './group-rows';
import { RowGroupEncoder } from './row-group';

const encoder = new RowGroupEncoder(GROUP_ROWS);
serveRows((rows) => encoder.encode(rows));
