import { createRequire } from 'node:module';
import { exampleFigures } from '../example-figures';
import { follow, html, liveCurves, loadPlotly, progress, setLanguage, show, table } from '../index';
import type { Bundle } from './output';

interface Message {
  data: Bundle;
  transient: { display_id?: string };
  update: boolean;
}

// Where tslab keeps the way to the cell that is running.
const jupyter = createRequire(__filename)('tslab/dist/jupyter') as {
  lastWriteDisplayData: ((content: Omit<Message, 'update'>, update: boolean) => void) | null;
};
let sent: Message[];
beforeEach(() => {
  sent = [];
  jupyter.lastWriteDisplayData = (content, update) => sent.push({ ...content, update });
});
afterEach(() => {
  jupyter.lastWriteDisplayData = null;
  setLanguage('en');
});

const [figure] = exampleFigures.classDistribution!;

describe('show', () => {
  it('brings plotly with the first figure and not again', () => {
    show(figure!);
    show(figure!);
    expect(sent).toHaveLength(3);
    const large = sent.map(({ data }) => data['text/html']!.length > 1e6);
    expect(large).toEqual([true, false, false]);
  });

  it('is live, still and in words', () => {
    show(figure!);
    const { data } = sent.at(-1)!;
    const words = `${figure!.title}. ${figure!.description}`;
    expect(data['text/plain']).toBe(words);
    expect(data['image/svg+xml']).toMatch(/^<svg /);
    expect(data['text/html']).toContain('src="data:image/svg+xml;base64,');
    expect(data['text/html']).toContain('theme:series0');
    // Nothing in the data can end the script.
    expect(data['text/html']!.match(/<\/script/g)).toHaveLength(1);
  });

  it('takes plotly’s own data and layout, even such as cannot be drawn without a screen', () => {
    show({ data: [{ type: 'scatter', x: [1], y: [2] }], layout: { title: { text: 'Raw' } } });
    expect(sent.at(-1)!.data['image/svg+xml']).toContain('Raw');
    show({ data: [{ type: 'surface', z: [[1, 2], [3, 4]] }], layout: {} }); // prettier-ignore
    expect(sent.at(-1)!.data['text/html']).toContain('surface');
  });
});

it('brings plotly again when asked to', () => {
  loadPlotly();
  loadPlotly();
  expect(sent).toHaveLength(2);
  for (const { data } of sent) expect(data['text/html']).toMatch(/^<script>.*<\/script>$/s);
});

it('shows records and frames as tables', () => {
  table([{ name: '<a>', value: 0.123456 }, { name: 'b', other: null }], { caption: 'Two' }); // prettier-ignore
  expect(sent[0]!.data['text/html']).toContain('&lt;a&gt;');
  expect(sent[0]!.data['text/html']).toContain('<caption>Two</caption>');
  expect(sent[0]!.data['text/plain']).toBe('name  value     other\n<a>   0.123456\nb');
  table({ columns: ['rows'], values: [[7], [9]], index: ['x', 'y'] }, { limit: 1 });
  expect(sent[1]!.data['text/html']).toContain('the first 1 of 2 rows');
  expect(sent[1]!.data['text/plain']).toBe('   rows\nx  7');
});

it('escapes what is put into html', () => {
  void html`<p>${'<i>'} &amp; ${1}</p>`;
  expect(sent[0]!.data).toEqual({
    'text/html': '<p>&lt;i&gt; &amp; 1</p>',
    'text/plain': '<i> &amp; 1',
  });
});

it('follows what tells of its progress, from its first report on', () => {
  const onProgress = follow('rows');
  expect(sent).toHaveLength(0);
  onProgress(10, 10);
  expect(sent.at(-1)!.data['text/plain']).toBe('rows · 10 of 10 (100 %)');
  const before = sent.length;
  onProgress(3, 3); // of something else
  expect(sent[before]!.update).toBe(false);
  expect(sent.at(-1)!.data['text/plain']).toBe('rows · 3 of 3 (100 %)');
});

it('moves a progress bar in place, and always to its end', () => {
  const done = progress(1000, 'epochs');
  for (let i = 1; i <= 1000; i++) done(i, `loss ${i}`);
  expect(sent.length).toBeLessThan(100);
  expect(sent.map(({ update }) => update)).toEqual([false, ...sent.slice(1).map(() => true)]);
  expect(new Set(sent.map(({ transient }) => transient.display_id)).size).toBe(1);
  expect(sent.at(-1)!.data['text/plain']).toBe('epochs · 1000 of 1000 · loss 1000 (100 %)');
});

it('draws curves again in place, the last time as they are to be kept', () => {
  const curves = liveCurves({ title: 'Live' });
  const run = { model: 'gru', task: 'binary', seed: 1, training: { epochs: 20 } };
  for (let epoch = 1; epoch <= 20; epoch++) {
    curves.onEpoch({ epoch, loss: 1 / epoch, accuracy: 1 - 1 / epoch }, run);
  }
  expect(sent.length).toBeLessThan(20);
  const { data, update } = sent.at(-1)!;
  expect(update).toBe(sent.length > 1);
  expect(data['image/svg+xml']).toContain('gru binary seed 1');
  expect(data['text/plain']).toContain('after epoch 20, training loss 0.0500');
});

it('speaks Chinese where that was set', () => {
  setLanguage('zh');
  progress(2, '轮次')(2);
  table([{ a: 1 }, { a: 2 }], { limit: 1, caption: '结果', synthetic: true });
  const curves = liveCurves();
  curves.onEpoch({ epoch: 1, loss: 1, accuracy: 0.5 }, { model: 'gru', task: 'binary', seed: 3 });
  curves.finish();
  const said = sent.map(({ data }) => `${data['text/html']} ${data['text/plain']}`).join('\n');
  for (const words of [
    '轮次 · 2 / 2',
    '结果（合成数据）；共 2 行，显示前 1 行',
    'gru 二分类 种子 3：第 1 轮后训练损失为 1.00',
  ]) {
    expect(said).toContain(words);
  }
});

it('says that there is no notebook where there is none', () => {
  jupyter.lastWriteDisplayData = null;
  expect(() => table([])).toThrow(
    'Cannot display anything outside a notebook: run this in a cell (npm run lab opens JupyterLab).',
  );
});
