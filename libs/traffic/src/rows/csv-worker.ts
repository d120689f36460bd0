import { CsvText } from './csv-text';
import { serveRows } from './row-worker';

const text = new CsvText();
serveRows((rows) => ({ bytes: text.encode(rows) }));
