import { readFileSync } from 'node:fs';
import { Checkout } from './checkout';
import { chapters, solutions } from './notebook';
import { tool } from './tool';

const script = 'notebooks/clean.mjs';

describe('the committed notebooks', () => {
  const { code, stdout, stderr } = tool(script, ['--check']);
  const others = stdout.split('\n').filter(Boolean);

  it.each([...chapters, ...solutions])('%s has no outputs, and its code is formatted', (name) => {
    expect(others).not.toContain(`notebooks/${name}.ipynb`); // mend it: npm run notebooks:clean
  });
  it('are checked with an exit code', () => {
    expect([code, stderr]).toEqual([others.length > 0 ? 1 : 0, '']);
  });
});

describe('notebooks:clean', () => {
  const path = 'notebooks/01-data.ipynb';

  /** A checkout with one notebook. */
  function checkoutWith(notebook: unknown): Checkout {
    const checkout = new Checkout();
    checkout.write(path, typeof notebook === 'string' ? notebook : JSON.stringify(notebook));
    return checkout;
  }

  const executed = {
    cells: [
      {
        cell_type: 'markdown',
        metadata: { editable: true },
        source: ['# Title\n', '\n', 'text\n', '\n'],
      },
      {
        cell_type: 'code',
        execution_count: 3,
        id: 'seven',
        metadata: { tags: ['slow'], execution: { 'iopub.status.busy': '…' } },
        outputs: [{ output_type: 'stream', name: 'stdout', text: ['1\n'] }],
        source: 'const x = "一"\nx',
      },
      {
        cell_type: 'code',
        execution_count: null,
        id: 'seven',
        metadata: {},
        outputs: [],
        source: [],
      },
    ],
    metadata: { kernelspec: { name: 'other' }, widgets: {} },
    nbformat: 4,
    nbformat_minor: 4,
  };

  it('leaves what a person wrote, as nbformat writes it', () => {
    const checkout = checkoutWith(executed);
    expect(checkout.tool(script, [])).toMatchObject({
      code: 0,
      stdout: 'notebooks/01-data.ipynb\n',
    });
    const text = readFileSync(checkout.path(path), 'utf8');
    expect(JSON.parse(text)).toEqual({
      cells: [
        {
          cell_type: 'markdown',
          id: expect.stringMatching(/^[0-9a-f]{8}$/) as string,
          metadata: {},
          source: ['# Title\n', '\n', 'text'],
        },
        {
          cell_type: 'code',
          execution_count: null,
          id: 'seven',
          metadata: { tags: ['slow'] },
          outputs: [],
          source: ["const x = '一';\n", 'x;'],
        },
      ],
      metadata: {
        kernelspec: { display_name: 'TypeScript', language: 'typescript', name: 'tslab' },
        language_info: { name: 'typescript' },
      },
      nbformat: 4,
      nbformat_minor: 5,
    });
    expect(text).toMatch(/^\{\n "cells": \[\n {2}\{\n {3}"cell_type"/);
    expect(text).toMatch(/"const x = '一';\\n"/);
    expect(text.endsWith('}\n')).toBe(true);
    expect(checkout.tool(script, [])).toMatchObject({ code: 0, stdout: '' });
  });
  it('only names it with --check', () => {
    const checkout = checkoutWith(executed);
    const before = readFileSync(checkout.path(path), 'utf8');
    expect(checkout.tool(script, ['--check'])).toMatchObject({
      code: 1,
      stdout: 'notebooks/01-data.ipynb\n',
    });
    expect(readFileSync(checkout.path(path), 'utf8')).toBe(before);
  });
  it.each([
    ['{', /^botlab: Cannot clean notebooks\/01-data\.ipynb: it is no JSON \(.*\)\.\n$/],
    ['[]', /^botlab: Cannot clean notebooks\/01-data\.ipynb: it is no notebook of format 4\.\n$/],
    [
      { cells: [{ cell_type: 'code', source: 'const = 1' }], nbformat: 4 },
      /^botlab: Cannot clean notebooks\/01-data\.ipynb: cell 1 is no TypeScript: .*\.\n$/,
    ],
  ])('says in one sentence what it cannot clean: %j', (notebook, sentence) => {
    const checkout = checkoutWith(notebook);
    const { code, stderr } = checkout.tool(script, []);
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
  });
  it.each([['--chek'], ['09-other']])('refuses %s', (argument) => {
    const { code, stderr } = tool(script, [argument]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^botlab: .*\.\n$/);
  });
});
