import { ethernet, hex, ipv4, TCP } from './capture-bytes.fixture.spec';
import { PacketSink } from './packet-sink';
import { PacketBatch } from '../packet-batch';

/** Adds a frame, all of it captured. */
function add(sink: PacketSink, linkType: number, frame: Buffer): void {
  sink.add(linkType, frame, 0, frame.length, 7, frame.length);
}

it('counts what is left out by what ails it, and by link type where that says more', () => {
  const sink = new PacketSink('x', new PacketBatch(8));
  add(sink, 1, ethernet(`0800 ${ipv4(6, TCP)}`));
  add(sink, 1, hex('00'));
  add(sink, 0, hex('07000000'));
  add(sink, 108, hex('00000007'));
  add(sink, 127, Buffer.alloc(80));
  add(sink, 127, Buffer.alloc(80));
  sink.addUnreadable(227);
  sink.addUnreadable(9999);
  sink.addUnreadable(227);
  expect(sink).toMatchObject({ packets: 1, malformed: 8, seen: 9, onlyUnreadable: [] });
  expect(sink.reasons).toEqual({
    'cut within its link header': 1,
    "of link type NULL (0), with neither IP nor a sender's MAC address": 1,
    "of link type LOOP (108), with neither IP nor a sender's MAC address": 1,
    'of link type IEEE802_11_RADIO (127), with a link header that contradicts itself': 2,
    'of link type CAN_SOCKETCAN (227)': 2,
    'of link type 9999': 1,
  });
});

it('knows where nothing but link types that cannot be read was there', () => {
  const sink = new PacketSink('x', new PacketBatch(8));
  expect(sink.onlyUnreadable).toEqual([]);
  sink.addUnreadable(195);
  sink.addUnreadable(227);
  expect(sink.onlyUnreadable).toEqual([195, 227]);
  add(sink, 1, hex('00'));
  expect(sink.onlyUnreadable).toEqual([]);
});

it('gives the packet its time and length, and leaves out one captured beyond its length', () => {
  const batch = new PacketBatch(8);
  const sink = new PacketSink('x', batch);
  const frame = ethernet(`0800 ${ipv4(6, TCP)}`);
  sink.add(1, frame, 0, frame.length, 1.5, 1500);
  sink.add(1, frame, 0, frame.length, 2.5, frame.length - 1);
  expect([batch.size, batch.time[0], batch.length[0]]).toEqual([1, 1.5, 1500]);
  expect(sink.reasons).toEqual({ 'with a length that contradicts its record': 1 });
});
