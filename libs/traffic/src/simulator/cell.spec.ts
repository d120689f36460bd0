import { DEVICES } from '../device';
import { CELLS } from './cell';

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
