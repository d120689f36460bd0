import { DEVICES } from '../device';
import { CELLS, cellsOf } from './cell';

describe('CELLS', () => {
  it('are the 89 files with their 7,062,606 rows', () => {
    expect(CELLS).toHaveLength(89);
    expect(CELLS.reduce((sum, { rows }) => sum + rows, 0)).toBe(7_062_606);
  });
  it('have each device and each kind of traffic once', () => {
    expect([...new Set(CELLS.map(({ device }) => device))]).toEqual([...DEVICES]);
    const names = CELLS.map(({ device, family, attack }) => `${device} ${family} ${attack}`);
    expect(new Set(names).size).toBe(89);
  });
  it('know that two devices had no Mirai', () => {
    const infected = new Set(CELLS.filter(({ family }) => family === 'mirai').map((c) => c.device));
    expect(DEVICES.filter((device) => !infected.has(device))).toEqual([
      'Ennio_Doorbell',
      'Samsung_SNH_1011_N_Webcam',
    ]);
  });
  it('hold the published figures', () => {
    const find = (device: string, family: string, attack: string | null) =>
      CELLS.find((c) => c.device === device && c.family === family && c.attack === attack);
    expect(find('Philips_B120N10_Baby_Monitor', 'benign', null)?.rows).toBe(175_240);
    expect(find('Danmini_Doorbell', 'mirai', 'udp')).toMatchObject({
      rows: 237_665,
      meanSize: 377.53,
    });
  });
});

describe('the files of a device', () => {
  const attacks = (...names: string[]): Record<string, [number, number]> =>
    Object.fromEntries(names.map((name, i) => [name, [i + 1, 60]]));
  const gafgyt = attacks('udp', 'tcp', 'scan', 'junk', 'combo');
  const mirai = attacks('ack', 'scan', 'syn', 'udp', 'udpplain');

  it('go by the names of attacks, whatever their order', () => {
    const cells = cellsOf('Lamp', { benign: [9, 80], gafgyt, mirai });
    expect(cells.map(({ family, attack, rows }) => `${family} ${attack} ${rows}`)).toEqual([
      'benign null 9',
      ...['gafgyt combo 5', 'gafgyt junk 4', 'gafgyt scan 3', 'gafgyt tcp 2', 'gafgyt udp 1'],
      ...['mirai ack 1', 'mirai scan 2', 'mirai syn 3', 'mirai udp 4', 'mirai udpplain 5'],
    ]);
    expect(cellsOf('Lamp', { benign: [9, 80], gafgyt })).toHaveLength(6);
  });

  it.each([
    ['an attack that is not known', { ...gafgyt, dns: [7, 60] as const }],
    ['no count of an attack', attacks('combo', 'junk', 'scan', 'tcp')],
    [
      'the name of something that every object has',
      { ...attacks('combo', 'junk', 'scan', 'tcp'), toString: [1, 1] as const },
    ],
  ])('are refused with %s', (_, counted) => {
    expect(() => cellsOf('Lamp', { benign: [9, 80], gafgyt: counted, mirai })).toThrow(
      /^Lamp: of gafgyt are counted .*, and known combo, junk, scan, tcp, udp$/,
    );
  });
});
