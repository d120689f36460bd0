import { CLASSES, classOf } from './class-label';
import { DEVICES } from '@botlab/traffic';

it('CLASSES are in their fixed order', () => {
  expect(CLASSES.map(({ name }) => name)).toEqual([
    'benign',
    'gafgyt combo',
    'gafgyt junk',
    'gafgyt scan',
    'gafgyt tcp',
    'gafgyt udp',
    'mirai ack',
    'mirai scan',
    'mirai syn',
    'mirai udp',
    'mirai udpplain',
  ]);
  expect(CLASSES.every(({ index }, i) => index === i)).toBe(true);
});

it('classOf finds a class by family and attack', () => {
  expect(classOf('mirai', 'scan')).toEqual({
    index: 7,
    name: 'mirai scan',
    family: 'mirai',
    attack: 'scan',
  });
  expect(classOf('benign', null)?.index).toBe(0);
  expect(classOf('gafgyt', 'ack')).toBeUndefined();
});

it('DEVICES are nine, numbered as in the Kaggle copy', () => {
  expect(DEVICES).toHaveLength(9);
  expect(DEVICES[0]).toBe('Danmini_Doorbell');
  expect(DEVICES[8]).toBe('SimpleHome_XCS7_1003_WHT_Security_Camera');
});
