import { folderOf, messageOf } from './csv-folder.fixture.spec';
import { layoutOf } from './layout';

async function named(files: readonly string[]): Promise<string[]> {
  const folder = folderOf(Object.fromEntries(files.map((file) => [file, ''])));
  const { kind, files: found } = await layoutOf(folder);
  return [kind, ...found.map(({ name, device, label }) => `${name}: ${device}, ${label.name}`)];
}

describe('layoutOf', () => {
  it('finds the UCI layout: known devices in their order, then others; classes in theirs', async () => {
    expect(
      await named([
        'Ennio_Doorbell/benign_traffic.csv',
        'A_Toaster/gafgyt_attacks/udp.csv',
        'A_Toaster/benign_traffic.csv',
        'Danmini_Doorbell/mirai_attacks/ack.csv.gz',
        'Danmini_Doorbell/gafgyt_attacks/udp.csv',
        'Danmini_Doorbell/gafgyt_attacks/combo.csv',
        'Danmini_Doorbell/benign_traffic.csv',
        'Danmini_Doorbell/gafgyt_attacks/notes.txt',
        'Danmini_Doorbell/gafgyt_attacks/._combo.csv',
        'Danmini_Doorbell/other.csv',
        'empty/README',
        'demonstrate_structure.csv',
        'N_BaIoT_dataset_description_v1.txt',
      ]),
    ).toEqual([
      'UCI',
      'Danmini_Doorbell/benign_traffic.csv: Danmini_Doorbell, benign',
      'Danmini_Doorbell/gafgyt_attacks/combo.csv: Danmini_Doorbell, gafgyt combo',
      'Danmini_Doorbell/gafgyt_attacks/udp.csv: Danmini_Doorbell, gafgyt udp',
      'Danmini_Doorbell/mirai_attacks/ack.csv.gz: Danmini_Doorbell, mirai ack',
      'Ennio_Doorbell/benign_traffic.csv: Ennio_Doorbell, benign',
      'A_Toaster/benign_traffic.csv: A_Toaster, benign',
      'A_Toaster/gafgyt_attacks/udp.csv: A_Toaster, gafgyt udp',
    ]);
  });

  it('finds the Kaggle layout', async () => {
    expect(
      await named([
        '9.mirai.udpplain.csv',
        '2.benign.csv',
        '2.gafgyt.junk.csv.gz',
        'data_summary.csv',
        'device_info.csv',
        'features.csv',
        'README.md',
      ]),
    ).toEqual([
      'Kaggle',
      '2.benign.csv: Ecobee_Thermostat, benign',
      '2.gafgyt.junk.csv.gz: Ecobee_Thermostat, gafgyt junk',
      '9.mirai.udpplain.csv: SimpleHome_XCS7_1003_WHT_Security_Camera, mirai udpplain',
    ]);
  });

  it.each<[string, string[], string]>([
    ['nothing', ['README'], 'no N-BaIoT files, expected DEVICE/benign_traffic.csv'],
    [
      'an archive',
      ['N-BaIoT.zip'],
      'no data files, but the archive N-BaIoT.zip; extract it first.',
    ],
    [
      'packed attacks',
      ['Danmini_Doorbell/benign_traffic.csv', 'Danmini_Doorbell/gafgyt_attacks.rar'],
      'gafgyt_attacks.rar: it is an archive; extract it into the folder gafgyt_attacks first.',
    ],
    ['one device', ['benign_traffic.csv'], 'it is the folder of one device; name the folder'],
    ['one device', ['gafgyt_attacks/combo.csv'], 'it is the folder of one device; name the folder'],
    [
      'both layouts',
      ['1.benign.csv', 'Danmini_Doorbell/benign_traffic.csv'],
      'it mixes the Kaggle layout (1.benign.csv) with the UCI layout (Danmini_Doorbell/benign_traffic.csv); keep one of them.',
    ],
    [
      'a file twice',
      ['1.benign.csv', '1.benign.csv.gz'],
      '1.benign.csv and 1.benign.csv.gz stand for the same rows; remove one of them.',
    ],
    [
      'an unknown attack',
      ['Danmini_Doorbell/gafgyt_attacks/ack.csv'],
      'ack.csv: unknown attack "gafgyt ack"; expected one of the ten attacks of N-BaIoT',
    ],
    ['an unknown attack', ['1.mirrai.ack.csv'], 'unknown attack "mirrai ack"'],
    ['a tenth device', ['10.benign.csv'], 'there is no device 10; expected a number from 1 to 9;'],
    ['device 0', ['0.gafgyt.tcp.csv'], 'there is no device 0; expected a number from 1 to 9;'],
  ])('refuses %s: %j', async (_, files, message) => {
    const error = await messageOf(named(files));
    expect(error).toContain('InputError: Cannot read ');
    expect(error).toContain(message);
  });

  it('accepts extracted attacks beside their archive', async () => {
    const device = 'Danmini_Doorbell';
    expect(
      await named([`${device}/gafgyt_attacks.rar`, `${device}/gafgyt_attacks/combo.csv`]),
    ).toHaveLength(2);
  });

  it('refuses a folder that is not there, and a file', async () => {
    const folder = folderOf({ 'a.csv': '' });
    expect(await messageOf(layoutOf(`${folder}/b`))).toMatch(
      /^InputError: Cannot read .*b: it does not exist; check the path\.$/,
    );
    expect(await messageOf(layoutOf(`${folder}/a.csv`))).toMatch(
      /^InputError: Cannot read .*a.csv: a part of the path is a file, not a folder/,
    );
  });
});
