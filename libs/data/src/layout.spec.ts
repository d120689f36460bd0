import fs from 'node:fs';
import path from 'node:path';
import { folderOf, messageOf } from './csv-folder.fixture.spec';
import { layoutOf } from './layout';

/** A folder of empty files. */
function folderWith(files: readonly string[]): string {
  return folderOf(Object.fromEntries(files.map((file) => [file, ''])));
}

async function named(files: readonly string[]): Promise<string[]> {
  const folder = folderWith(files);
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

  it('reads names in capitals', async () => {
    expect(await named(['Camera/BENIGN_TRAFFIC.CSV', 'Camera/Gafgyt_Attacks/Udp.csv.GZ'])).toEqual([
      'UCI',
      'Camera/BENIGN_TRAFFIC.CSV: Camera, benign',
      'Camera/Gafgyt_Attacks/Udp.csv.GZ: Camera, gafgyt udp',
    ]);
    expect(await named(['1.Gafgyt.UDP.CSV'])).toEqual([
      'Kaggle',
      '1.Gafgyt.UDP.CSV: Danmini_Doorbell, gafgyt udp',
    ]);
  });

  const danmini = 'Danmini_Doorbell';
  const UCI = [
    `${danmini}/benign_traffic.csv`,
    `${danmini}/gafgyt_attacks/scan.csv`,
    'Ennio_Doorbell/gafgyt_attacks/tcp.csv',
  ];
  const KAGGLE = ['1.benign.csv', '1.gafgyt.scan.csv'];

  it.each<[string, string, RegExp]>([
    ...['zip', 'rar', '7z', 'tar.gz'].map((format): [string, string, RegExp] => [
      `Ennio_Doorbell/gafgyt_attacks/udp.csv.${format}`,
      '',
      /^it is an archive; extract it first, or remove it\.$/,
    ]),
    ...['bz2', 'xz', 'zst'].map((format): [string, string, RegExp] => [
      `${danmini}/mirai_attacks/ack.csv.${format}`,
      '',
      new RegExp(`^it is compressed with ${format}; extract it to ack\\.csv, or remove it\\.$`),
    ]),
    [
      `${danmini}/mirai_attacks/ack.gz`,
      '',
      /compressed with gzip, but not CSV; extract it to ack\.csv/,
    ],
    [
      `${danmini}/mirai_attacks.7z`,
      '',
      /^it is an archive; extract it into the folder mirai_attacks first\.$/,
    ],
    [
      `${danmini}/gafgyt_attacks.rar`,
      '',
      /^it is an archive of 5 attacks, of which 1 are extracted; extract it into the folder gafgyt_attacks, or remove it\.$/,
    ],
    ['Provision_PT_737E_Security_Camera.zip', '', /^it is an archive; extract it first/],
    ...['xlsx', 'parquet', 'tsv', 'txt'].map((format): [string, string, RegExp] => [
      `${danmini}/gafgyt_attacks/udp.${format}`,
      '',
      new RegExp(`^it is an? \\.${format} file; save it as CSV, udp\\.csv, or remove it\\.$`),
    ]),
    [
      `${danmini}/gafgyt_attacks/udp`,
      '',
      /^it is not called \.csv; rename it to udp\.csv if it is CSV/,
    ],
    [
      `${danmini}/gafgyt_attacks/udp (1).csv`,
      '',
      /^it looks like a copy of udp\.csv; remove it, or/,
    ],
    [
      `${danmini}/gafgyt_attacks/scan (2).csv`,
      '',
      /^it looks like a copy of scan\.csv; remove it, or/,
    ],
    [`${danmini}/gafgyt_attacks/scan - Copy.csv`, '', /^it looks like a copy of scan\.csv/],
    [`${danmini}/gafgyt_attacks/Copy of scan.csv`, '', /^it looks like a copy of scan\.csv/],
    [`${danmini}/gafgyt_attacks/scan.csv.bak`, '', /^it looks like a copy of scan\.csv/],
    [`${danmini}/gafgyt_attacks/scan.csv~`, '', /^it looks like a copy of scan\.csv/],
    [`${danmini}/gafgyt_attacks/udp.csv.crdownload`, '', /^it is unfinished; download it again/],
    [`${danmini}/gafgyt_attacks/udp.csv.part`, '', /^it is unfinished; download it again/],
    [
      `${danmini}/gafgyt_attacks/udp.csv.csv`,
      '',
      /^its ending stands twice; rename it to udp\.csv/,
    ],
    [`${danmini}/gafgyt_attacks/udp.jsonl`, '', /^it is a \.jsonl file; save it as CSV, udp\.csv/],
    [
      `${danmini}/benign.csv`,
      '',
      /^data files are not called that there; expected Danmini_Doorbell\/benign_traffic\.csv;/,
    ],
    [
      `${danmini}/mirai_attacks/udp_plain.csv`,
      '',
      /expected Danmini_Doorbell\/mirai_attacks\/udpplain\.csv;/,
    ],
    [
      `${danmini}/gafgyt_attack/combo.csv`,
      '',
      /expected Danmini_Doorbell\/gafgyt_attacks\/combo\.csv;/,
    ],
    [`${danmini}/combo.csv`, '', /expected Danmini_Doorbell\/gafgyt_attacks\/combo\.csv;/],
    [
      `${danmini}/udp.csv`,
      '',
      /expected Danmini_Doorbell\/gafgyt_attacks\/udp\.csv or Danmini_Doorbell\/mirai_attacks\/udp\.csv;/,
    ],
    [
      `${danmini}/mirai_attacks/mirai_attacks/ack.csv`,
      '',
      /expected Danmini_Doorbell\/mirai_attacks\/ack\.csv;/,
    ],
    [
      `more/${danmini}/mirai_attacks/ack.csv`,
      '',
      /expected Danmini_Doorbell\/mirai_attacks\/ack\.csv;/,
    ],
    ['benign_traffic.csv', '', /expected DEVICE\/benign_traffic\.csv;/],
    [
      `${danmini}/rows.csv`,
      '',
      /^no file of N-BaIoT has this name; expected such as benign_traffic\.csv/,
    ],
    ['mirai.csv', '', /^no file of N-BaIoT has this name/],
    ['deep/er/and/deeper/mirai_ack/1.csv', '', /^no file of N-BaIoT has this name/],
    ['1.gafgyt.udp.csv (1)', 'Kaggle', /^it looks like a copy of 1\.gafgyt\.udp\.csv/],
    ['1.gafgyt.udp (1).csv', 'Kaggle', /^it looks like a copy of 1\.gafgyt\.udp\.csv/],
    ['1.gafgyt.udp.csv.zip', 'Kaggle', /^it is an archive; extract it first/],
    ['1.gafgyt.udp.csv.bz2', 'Kaggle', /compressed with bz2; extract it to 1\.gafgyt\.udp\.csv/],
    ['1-gafgyt-udp.csv', 'Kaggle', /expected 1\.gafgyt\.udp\.csv in the folder itself;/],
    ['more/1.gafgyt.udp.csv', 'Kaggle', /expected 1\.gafgyt\.udp\.csv in the folder itself;/],
    [
      'benign.csv',
      'Kaggle',
      /^data files are not called that there; expected DEVICE\/benign_traffic\.csv;/,
    ],
  ])('does not leave out %s', async (stray, kind, clause) => {
    const beside = kind === 'Kaggle' ? KAGGLE : UCI;
    await expect(named(beside)).resolves.toHaveLength(beside.length + 1);
    const folder = folderWith([...beside, stray]);
    const start = `InputError: Cannot read ${path.join(folder, stray)}: `;
    const message = await messageOf(layoutOf(folder));
    expect(message.slice(0, start.length)).toBe(start);
    expect(message.slice(start.length)).toMatch(clause);
  });

  it.each([
    `${danmini}/readme.txt`,
    'N_BaIoT_dataset_description_v1.txt',
    'demonstrate_structure.csv',
    'data_summary.csv',
    'device_info.csv',
    'features.csv',
    'README.md',
    'LICENSE',
    'SYNTHETIC.txt',
    '.DS_Store',
    `${danmini}/gafgyt_attacks/._udp.csv`,
    `__MACOSX/${danmini}/gafgyt_attacks/udp.csv`,
    `${danmini}/Thumbs.db`,
    'desktop.ini',
    '.git/mirai.csv',
  ])('leaves %s without a word: about the data, or of the system', async (name) => {
    for (const beside of [UCI, KAGGLE]) {
      const { files, others } = await layoutOf(folderWith([...beside, name]));
      expect(files).toHaveLength(beside.length);
      expect(others).toEqual([]);
    }
  });

  it('names what is clearly something else', async () => {
    const else_ = [
      `${danmini}/mirai.pcap`,
      `${danmini}/notes.txt`,
      'archive.zip',
      'plots/mirai scan.png',
      'results.csv',
      'runs/1/predictions.parquet',
    ];
    expect((await layoutOf(folderWith([...UCI, ...else_]))).others).toEqual(else_);
  });

  it('names all files at fault', async () => {
    const strays = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => `${danmini}/${name}.csv`);
    expect(await messageOf(named([...UCI, ...strays]))).toMatch(
      /a\.csv: .*; mend as well: \S+b\.csv, \S+c\.csv, \S+d\.csv, \S+e\.csv, \S+f\.csv and 2 more\.$/,
    );
  });

  it.each([`${danmini}/gafgyt_attacks`, 'Ecobee_Thermostat'])(
    'refuses an empty %s',
    async (empty) => {
      const folder = folderWith([`${danmini}/benign_traffic.csv`]);
      fs.mkdirSync(path.join(folder, empty));
      expect(await messageOf(layoutOf(folder))).toContain(
        `Cannot read ${path.join(folder, empty)}: no data file lies in it; put its files there, such as`,
      );
    },
  );

  it.each([[[...UCI]], [[...KAGGLE]]])(
    'says which folder below holds the data: %j',
    async (files) => {
      const folder = folderWith(files.map((name) => `download/N-BaIoT/${name}`));
      expect(await messageOf(layoutOf(folder))).toBe(
        `InputError: Cannot read ${folder}: its data files lie in a folder below it; name ${path.join(folder, 'download/N-BaIoT')}.`,
      );
    },
  );

  it('says which folder above holds the data', async () => {
    const folder = folderWith(UCI);
    for (const below of [danmini, `${danmini}/gafgyt_attacks`]) {
      expect(await messageOf(layoutOf(path.join(folder, below)))).toMatch(
        new RegExp(`it is the folder of one device.* that .* in, ${folder}\\.$`),
      );
    }
  });

  it('accepts archives beside all that was in them', async () => {
    const attacks = ['combo', 'junk', 'scan', 'tcp', 'udp'];
    const files = attacks.map((attack) => `${danmini}/gafgyt_attacks/${attack}.csv`);
    const archives = [`${danmini}/gafgyt_attacks/udp.csv.zip`, `${danmini}/gafgyt_attacks.rar`];
    const layout = await layoutOf(folderWith([...files, ...archives]));
    expect(layout.files).toHaveLength(5);
    expect(layout.others).toEqual(archives);
  });

  it('follows links, but not in circles', async () => {
    const folder = folderWith(UCI);
    fs.symlinkSync(path.join(folder, danmini), path.join(folder, 'A_Toaster'));
    expect((await layoutOf(folder)).files).toHaveLength(5);
    fs.symlinkSync(folder, path.join(folder, danmini, 'again'));
    expect(await messageOf(layoutOf(folder))).toMatch(
      /again: it is a link to a folder that it lies in; remove the link\.$/,
    );
  });

  it('knows a device in other letters, and no copy of one for another', async () => {
    expect(await named(['danmini_doorbell/benign_traffic.csv'])).toEqual([
      'UCI',
      'danmini_doorbell/benign_traffic.csv: Danmini_Doorbell, benign',
    ]);
    const folder = folderWith([...UCI, `${danmini} (1)/benign_traffic.csv`]);
    expect(await messageOf(layoutOf(folder))).toBe(
      `InputError: Cannot read ${path.join(folder, `${danmini} (1)`)}: it looks like a copy of ${danmini}, whose rows would count twice; remove it, or give it the name of another device.`,
    );
    expect((await layoutOf(folderWith(['Camera (2)/benign_traffic.csv']))).files).toHaveLength(1);
  });

  it('names a file at fault where there are no others', async () => {
    const file = `${danmini}/gafgyt_attacks/udp.csv.zip`;
    expect(await messageOf(named([file]))).toContain(`${file}: it is an archive; extract it first`);
  });

  it('takes no folder for a file', async () => {
    const folder = folderWith(UCI);
    fs.mkdirSync(path.join(folder, danmini, 'gafgyt_attacks', 'udp.csv'));
    expect(await messageOf(layoutOf(folder))).toMatch(/udp\.csv: it is a folder, expected a file;/);
  });

  it('refuses a folder that is not there, a file, and a name that is too long', async () => {
    const folder = folderOf({ 'a.csv': '' });
    expect(await messageOf(layoutOf(`${folder}/${'b'.repeat(300)}`))).toMatch(
      /^InputError: Cannot read .*b: the name is too long; choose a shorter one/,
    );
    expect(await messageOf(layoutOf(`${folder}/b`))).toMatch(
      /^InputError: Cannot read .*b: it does not exist; check the path\.$/,
    );
    expect(await messageOf(layoutOf(`${folder}/a.csv`))).toMatch(
      /^InputError: Cannot read .*a.csv: a part of the path is a file, not a folder/,
    );
  });
});
