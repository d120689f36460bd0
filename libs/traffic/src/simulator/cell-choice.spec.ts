import { CELLS } from './cell';
import { chooseCells, kindOf } from './cell-choice';

const kinds = (attacks: string[], devices = ['Danmini_Doorbell']): string[] =>
  chooseCells({ devices, attacks }).map(kindOf);

it('chooses all by default', () => expect(chooseCells({})).toEqual(CELLS));

it('chooses by device, in the order of the set', () => {
  const cells = chooseCells({ devices: ['Samsung_SNH_1011_N_Webcam', 'Ennio_Doorbell'] });
  expect([...new Set(cells.map(({ device }) => device))]).toEqual([
    'Ennio_Doorbell',
    'Samsung_SNH_1011_N_Webcam',
  ]);
  expect(cells).toHaveLength(12);
});

it('chooses by kind: benign, a family, an attack', () => {
  expect(kinds(['benign'])).toEqual(['benign']);
  expect(kinds(['mirai'])).toEqual(
    ['ack', 'scan', 'syn', 'udp', 'udpplain'].map((a) => `mirai.${a}`),
  );
  expect(kinds(['mirai.udp', 'gafgyt  combo', ' benign'])).toEqual([
    'benign',
    'gafgyt.combo',
    'mirai.udp',
  ]);
  expect(chooseCells({ attacks: ['gafgyt.tcp'] })).toHaveLength(9);
});

it('refuses names that there are not', () => {
  expect(() => chooseCells({ devices: ['Danmini_Dorbell'] })).toThrow(
    /^Unknown device "Danmini_Dorbell": expected one of .*; did you mean "Danmini_Doorbell"\?$/,
  );
  expect(() => kinds(['gafgyt.comb'])).toThrow(
    /^Unknown attack "gafgyt.comb": expected one of benign, gafgyt, mirai, gafgyt.combo, .*; did you mean "gafgyt.combo"\?$/,
  );
  expect(() => kinds(['udp'])).toThrow('gafgyt.udp');
  expect(() => kinds(['mirai'], ['Ennio_Doorbell'])).toThrow(
    /^Cannot simulate mirai of Ennio_Doorbell: N-BaIoT has no such capture/,
  );
});
