import { createHash } from 'node:crypto';
import prettier from 'prettier';

/** What every notebook says of itself; the rest of its metadata belongs to whoever opened it last. */
const metadata = {
  kernelspec: { display_name: 'TypeScript', language: 'typescript', name: 'tslab' },
  language_info: { name: 'typescript' },
};

/**
 * A notebook as it is committed: no outputs, counts and traces of an editor, code as prettier writes it,
 * and JSON as nbformat does. What is in this form comes out as it went in.
 *
 * @param {string} text the notebook
 * @param {string} name what the ids of cells that have none are made of
 * @param {object} style prettier's options
 * @throws {Error} one sentence, where the text is no notebook or the code of a cell no TypeScript
 */
export async function normalForm(text, name, style) {
  const cells = [];
  const ids = new Set();
  for (const [i, cell] of cellsOf(text).entries()) {
    const source = await sourceOf(cell, i, style);
    if (source === '') continue;
    let { id } = cell;
    if (!id || ids.has(id)) {
      id = createHash('sha256').update(`${name} ${i}`).digest('hex').slice(0, 8);
    }
    ids.add(id);
    const isCode = cell.cell_type === 'code';
    cells.push({
      cell_type: cell.cell_type,
      ...(isCode ? { execution_count: null } : {}),
      id,
      metadata: cell.metadata?.tags?.length > 0 ? { tags: cell.metadata.tags } : {},
      ...(isCode ? { outputs: [] } : {}),
      source: source.split(/(?<=\n)/),
    });
  }
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

function cellsOf(text) {
  let notebook;
  try {
    notebook = JSON.parse(text);
  } catch (error) {
    throw new Error(`it is no JSON (${error.message})`, { cause: error });
  }
  if (notebook.nbformat === 4 && Array.isArray(notebook.cells)) return notebook.cells;
  throw new Error('it is no notebook of format 4');
}

async function sourceOf(cell, index, style) {
  const source = [cell.source].flat().join('');
  if (cell.cell_type !== 'code') return source.trim();
  try {
    return (await prettier.format(source, { ...style, parser: 'typescript' })).trim();
  } catch (error) {
    const [reason] = error.message.split('\n');
    throw new Error(`cell ${index + 1} is no TypeScript: ${reason}`, { cause: error });
  }
}
