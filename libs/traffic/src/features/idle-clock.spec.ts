import { IdleClock } from './idle-clock';

const SPAN = 60;

/** What has gone by after each of some times. */
function elapsed(...times: number[]): number[] {
  const clock = new IdleClock(SPAN);
  return times.map((time) => {
    clock.see(time);
    return clock.elapsed;
  });
}

it.each([
  ['goes with the packets', [0, 1, 31, 90], [0, 1, 31, 90]],
  ['goes before 1970 too', [-100, -99, -50], [0, 1, 50]],
  ['does not go back, nor twice over the same time', [0, 50, 10, 50, 70], [0, 50, 50, 50, 70]],
  ['believes a pause once half a span has followed', [0, 100, 120, 130], [0, 0, 20, 130]],
  ['believes pause after pause', [0, 100, 200, 300], [0, 0, 100, 200]],
  ['counts what is long as two spans', [0, 1e6, 1e6 + 30], [0, 0, 30 + 2 * SPAN]],
  ['forgets a leap that is taken back', [0, 86_400, 86_401, 2, 3], [0, 0, 1, 3, 4]],
  [
    'goes with one of two clocks that take turns',
    [0, 86_400, 1, 86_401, 2, 86_402, 3],
    [0, 0, 1, 1, 2, 2, 3],
  ],
  ['goes on from a clock that was set back', [1e6, 1e6 + 9, 0, 9], [0, 9, 9, 18]],
])('%s', (_, times, expected) => {
  expect(elapsed(...times)).toEqual(expected);
});

it('gives a packet after a leap the time that it has if the leap is believed', () => {
  const clock = new IdleClock(SPAN);
  expect([0, 100, 131].map((time) => clock.see(time))).toEqual([0, 100, 131]);
});
