import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { skipIf } from '../../../../tools/testing/skip-if';
import { PcapngBlocks, row, type Row } from './capture-bytes.fixture.spec';
import { readCapture } from './capture-file';
import { macText } from '../mac-address';
import { LINKED, WRAPPED } from './wrapped-frame.fixture.spec';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'botlab-tshark-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

interface Frame {
  readonly what: string;
  readonly linkType: number;
  readonly frame: Buffer;
}

/** What tshark does not look into, of what is looked into here. */
const beyondTshark = new Map([
  ['by an EtherType', 'does not know the type but in GRE'],
  ['SNAP, bridged', 'takes two bytes to lie before each frame, as on ATM'],
  ['0: IPv6, family 10', 'does not know the number of Linux'],
  ['0: IPv6, family 23', 'does not know the number of Windows'],
  ['166: PPP', 'does not know the link type'],
  ['166: sent, IPv6', 'does not know the link type'],
  ['219: two labels', 'does not know the link type'],
  ['239: an address, IPv6', 'has no field for the address of a netfilter log'],
  ['239: high byte first', 'takes the byte order of the file for that of the machine'],
]);

const frames: readonly Frame[] = [
  ...Object.values(WRAPPED).flatMap((list) =>
    list.map(([what, frame]) => ({ what, frame, linkType: 1 })),
  ),
  ...Object.entries(LINKED).flatMap(([number, list]) =>
    list.map(([what, frame]) => ({
      what: `${number}: ${what}`,
      frame,
      linkType: Number(number),
    })),
  ),
].filter(({ what }) => !beyondTshark.has(what));

const FIELDS = [
  'eth.src',
  'wlan.sa',
  'sll.src.eth',
  'ip.src',
  'ipv6.src',
  'tcp.srcport',
  'udp.srcport',
];

/** What of each frame tshark finds first: the sender's addresses and port. */
function sendersByTshark(file: string): string[] {
  const fields = FIELDS.flatMap((field) => ['-e', field]);
  const args = ['-r', file, '-n', '-T', 'fields', '-E', 'occurrence=f', ...fields];
  const { stdout } = spawnSync('tshark', args, { encoding: 'utf8' });
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [ethernet, wireless, cooked, ip, ip6, tcp, udp] = line.split('\t');
      return `${ethernet || wireless || cooked || macText(0)} ${ip || ip6} ${tcp || udp}`;
    });
}

function sender({ sourceMac, family, source, sourcePort }: Row): string {
  const bytes = source.flatMap((word) => [24, 16, 8, 0].map((bits) => (word >>> bits) & 255));
  const groups = source.flatMap((word) => [word >>> 16, word & 0xffff]);
  const text = groups.map((group) => group.toString(16)).join(':');
  const address =
    family === 4 ? bytes.slice(0, 4).join('.') : new URL(`http://[${text}]`).hostname.slice(1, -1);
  return `${macText(sourceMac)} ${address} ${sourcePort}`;
}

const hasTshark = spawnSync('tshark', ['--version']).status === 0;
skipIf(hasTshark ? undefined : 'there is no tshark (Debian: apt-get install tshark)').it(
  "finds the sender's addresses and port where tshark finds them",
  async () => {
    const ng = new PcapngBlocks();
    const file = path.join(folder, 'all.pcapng');
    const blocks = [
      ng.section(),
      ...frames.map(({ linkType }) => ng.interface(linkType)),
      ...frames.map(({ frame }, i) => ng.packet(frame, 0n, i)),
    ];
    fs.writeFileSync(file, Buffer.concat(blocks));
    const found: string[] = [];
    const totals = await readCapture(file, {
      onBatch: (batch) => {
        for (let i = 0; i < batch.size; i++) found.push(sender(row(batch, i)));
      },
    });
    expect(totals).toMatchObject({ packets: frames.length, malformed: 0 });
    const named = (list: string[]): string[] =>
      list.map((text, i) => `${frames[i]?.what}: ${text}`);
    expect(named(found)).toEqual(named(sendersByTshark(file)));
  },
);
