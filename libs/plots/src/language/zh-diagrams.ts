/** What drawings of models, of the testbed and of the way of a row say. */
export const zhDiagrams = {
  Architecture: '模型架构',
  '{count} layers, from the input: {layers}.': '从输入起共 {count} 层：{layers}。',
  Input: '输入',
  Concat: '拼接',
  Add: '相加',
  Mean: '平均池化',
  'Max pool': '最大池化',
  Dense: '全连接层',
  BatchNorm: '批量归一化',
} as const;
