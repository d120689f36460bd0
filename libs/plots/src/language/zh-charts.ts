/** What charts, tables and the display in a notebook say. */
export const zhCharts = {
  // Between the parts of a description.
  ', ': '，',
  '; ': '；',
  '{title} (synthetic data)': '{title}（合成数据）',

  'Share of each class': '各类别占比分布',
  'share of rows (%)': '占总行数的比例 (%)',
  class: '类别',
  'Of {rows} rows: {shares}.': '共 {rows} 行：{shares}。',

  'Accuracy and loss while training': '训练过程中的准确率和损失',
  'Curves of accuracy and loss by epoch. {ends}.': '准确率和损失随训练轮次变化的曲线。{ends}。',
  '{name}: no epoch': '{name}：尚无训练轮次',
  '{name}: after epoch {epoch}, training loss {loss}': '{name}：第 {epoch} 轮后训练损失为 {loss}',
  training: '训练',
  validation: '验证',
  epoch: '轮次 (epoch)',
  'accuracy (%)': '准确率 (%)',
  loss: '损失',

  'Mean ranks, and what does not differ': '平均秩，以及无法区分的模型',
  'mean rank': '平均秩',
  'Mean ranks: {ranks}.': '平均秩：{ranks}。',
  ' Not told apart: {models}.': '无法区分：{models}。',
  'How far confidence can be believed': '置信度有多可信',
  'as sure as right': '置信度与准确率一致',
  'confidence (%)': '置信度 (%)',

  'Confusion matrix': '混淆矩阵',
  'Found of each true class: {shares}.': '各真实类别被正确识别的比例：{shares}。',
  'no rows': '没有样本',
  'true class': '真实类别',
  'predicted class': '预测类别',
  'share of the true class (%)': '占真实类别的比例 (%)',
  'true {truth}<br>predicted {predicted}<br>{rows} rows, {share} % of the true class':
    '真实类别 {truth}<br>预测类别 {predicted}<br>{rows} 行，占真实类别的 {share} %',

  "Table 1, {task} task: ours beside the paper's": '表 1，{task}：本实验与论文对照',
  binary: '二分类',
  multiclass: '多分类',
  model: '模型',
  ours: '本实验',
  "the paper's": '论文',
  'ceiling of the data': '数据决定的上限',
  'F1 (%; ours: weighted mean)': 'F1 (%；本实验为加权平均)',
  '{model}, ours: {value} %': '{model}，本实验：{value} %',
  "{model}, the paper's: {value} %": '{model}，论文：{value} %',
  '{model}: accuracy {ours}': '{model}：准确率 {ours}',
  "{model}: accuracy {ours}, the paper's {paper}": '{model}：准确率 {ours}，论文 {paper}',
  'ceiling of the data: accuracy {value}': '数据决定的上限：准确率 {value}',

  '{y} over {x}. {ends}.': '{y} 随 {x} 的变化。{ends}。',
  '{name}: no values': '{name}：没有数值',
  '{name}: from {first} to {last}': '{name}：从 {first} 到 {last}',
  '{y}. {most}.': '{y}。{most}。',
  '{name}: most at {category}, {value}': '{name}：最大值在 {category}，为 {value}',
  '{rows} by {columns} cells, from {least} to {most}.':
    '{rows} × {columns} 个单元格，取值从 {least} 到 {most}。',
  '{rows} by {columns} cells, {colour}, from {least} to {most}.':
    '{rows} × {columns} 个单元格，颜色表示{colour}，取值从 {least} 到 {most}。',

  'seed {seed}': '种子 {seed}',
  '{done} of {total}': '{done} / {total}',
  'the first {limit} of {rows} rows': '共 {rows} 行，显示前 {limit} 行',
  'A figure': '图',
  'plotly.js, which the figures below are drawn with': 'plotly.js：下面的图由它绘制',
  'Generated {time}': '生成于 {time}',
} as const;
