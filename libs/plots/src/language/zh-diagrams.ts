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

  'Residual block, identity shortcut': '残差块：捷径连接为恒等映射',
  'Residual block, 1 × 1 shortcut': '残差块：捷径连接为 1 × 1 卷积',
  shortcut: '捷径连接',
  identity: '恒等映射',

  'A step of an LSTM': 'LSTM 的一个时间步',
  'forget<br>gate': '遗忘门',
  'input<br>gate': '输入门',
  'candi-<br>date': '候选值',
  'output<br>gate': '输出门',
  '{inputs} + {units} numbers into each of 4 layers of {units}:<br>{weights} weights':
    '{inputs} + {units} 个数输入 4 个 {units} 维的层：<br>共 {weights} 个权重',
  'The memory cell of {units} numbers is multiplied by the forget gate, and the input gate times the candidate is added; the output gate times its tanh is the output. All four are computed from an input of {inputs} and the last output, with {weights} weights.':
    '{units} 维的记忆单元先乘以遗忘门，再加上输入门与候选值之积；输出门乘以记忆单元的 tanh 即为输出。四者都由 {inputs} 个输入和上一步的输出算得，共 {weights} 个权重。',
  'One unit: memory cell {cell}, output {hidden}.':
    '其中一个单元：记忆单元 {cell}，输出 {hidden}。',

  'A filter slides over a row': '卷积核沿一行数据滑动',
  input: '输入',
  'input, with zeros around it': '输入及两侧填充的零',
  'filter at each place, stride {stride}, and the sum of products':
    '卷积核的各个位置（步长 {stride}）及乘积之和',
  output: '输出',
  'A filter of {size} weights over {length} inputs, padding {zeros}, stride {stride}: {count} outputs, {outputs}.':
    '{size} 个权重的卷积核，{length} 个输入，填充 {zeros} 个零，步长 {stride}：{count} 个输出，{outputs}。',

  'One token asks all': '一个词元查询所有词元',
  query: '查询',
  key: '键',
  score: '得分',
  weight: '权重',
  value: '值',
  'sum of weight × value': '权重 × 值之和',
  'A query ({query}) against {count} keys: weights {weights}; the values, weighted so, sum to ({output}).':
    '查询（{query}）对 {count} 个键：权重为 {weights}；按此加权的值之和为（{output}）。',

  'From a packet to a verdict': '从数据包到判定',
  'a packet': '数据包',
  'a row of {features} features': '一行 {features} 个特征',
  scaler: '特征缩放',
  '{windows} windows × {statistics} statistics': '{windows} 个时间窗口 × {statistics} 个统计量',
  'A packet joins {streams} streams; {windows} windows over each give {features} features; scaler {scaler}, model {model}; verdict {verdict}.':
    '数据包归入 {streams} 类流；每类流在 {windows} 个时间窗口上的统计量共 {features} 个特征；缩放方式 {scaler}，模型 {model}；判定为 {verdict}。',

  'What a damped window remembers': '衰减窗口记住了什么',
  'Weights of {count} packets. {windows}.': '{count} 个数据包的权重。{windows}。',
  'λ = {lambda}: weight {weight}, mean size {mean} bytes':
    'λ = {lambda}：权重 {weight}，平均大小 {mean} 字节',
  '{age} s, {size} bytes: weight {weight}': '{age} 秒，{size} 字节：权重 {weight}',
  'time before the last packet (s)': '相对最后一个数据包的时间（秒）',
  'w = {weight}, mean {mean} bytes': 'w = {weight}，平均 {mean} 字节',

  'What batch normalisation does': '批量归一化的作用',
  '{name}: mean {before} and standard deviation {spread} become {beta} and {gamma}':
    '{name}：均值 {before}、标准差 {spread} 变为 {beta} 和 {gamma}',
  'before normalisation': '归一化之前',
  'after normalisation': '归一化之后',
  'share of values (%)': '占取值的比例 (%)',

  'The testbed of N-BaIoT': 'N-BaIoT 的实验环境',
  'infected with {name}': '感染 {name}',
  'Wi-Fi': 'Wi-Fi 无线',
  'access points': '接入点',
  switch: '交换机',
  router: '路由器',
  'recorder of<br>all packets': '记录所有<br>数据包',
  'mirrored port': '镜像端口',
  'C&C server': '命令与控制<br>(C&C) 服务器',
  'scanner<br>and loader': '扫描与<br>加载服务器',
  'attacked<br>machine': '被攻击的<br>主机',
  'The servers break into devices, load bots onto<br>them and command these; the bots attack a<br>machine of the same lab.':
    '服务器入侵设备、植入僵尸程序并发出命令；<br>僵尸程序攻击同一实验室中的主机。',
  '{count} devices on Wi-Fi behind access points, a switch with a mirrored port that a recorder reads, a router, a C&C server, a scanner and loader, and an attacked machine. {infected}.':
    '{count} 台设备经 Wi-Fi 连到接入点；交换机的镜像端口供记录数据包；另有路由器、C&C 服务器、扫描与加载服务器和被攻击的主机。{infected}。',
  '{name} on {count}': '{name} 感染 {count} 台',
} as const;
