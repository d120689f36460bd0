import { testbed } from './index';

it('shows the nine devices, two of which had no Mirai', () => {
  const { description, layout } = testbed();
  expect(description).toContain('9 devices');
  expect(description).toContain('gafgyt on 9; mirai on 7.');
  const texts = layout.annotations!.map(({ text }) => text);
  expect(texts).toEqual(expect.arrayContaining(['Danmini<br>doorbell', 'C&C server']));
});

it('takes other devices', () => {
  const devices = [{ name: '<cam>', botnets: ['torii'] }];
  const { description, layout } = testbed(devices, { title: 'Ours' });
  expect(description).toContain('torii on 1.');
  expect(layout.annotations!.map(({ text }) => text)).toContain('&lt;cam&gt;');
});
