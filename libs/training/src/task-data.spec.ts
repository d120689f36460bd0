import { boundsOf } from './bounds';
import { sourceOf } from './devices.fixture.spec';
import { prepareData } from './prepare-data';
import { forTask } from './task-data';
import { tinySpec } from './tiny-data.fixture.spec';

/** A camera and a kettle with benign rows and tcp; the kettle alone has udp, and is held out. */
const kettleTested = () =>
  prepareData(
    sourceOf(
      ['camera', 0, 20],
      ['camera', 4, 20],
      ['kettle', 0, 10],
      ['kettle', 4, 10],
      ['kettle', 5, 7],
    ),
    { ...tinySpec, split: 'device', heldOut: ['kettle'] },
  );

it('leaves test rows out that are of a class without a training row', async () => {
  const data = await kettleTested();
  const multiclass = forTask(data, 'multiclass');
  expect([...new Set(multiclass.test.y)]).toEqual([0, 4]);
  expect(multiclass.test.y).toHaveLength(20);
  expect(multiclass.test.x).toHaveLength(20 * 115);
  expect(multiclass.test.rows.every((row) => data.table.label[row] !== 5)).toBe(true);
  expect(multiclass.leftOut).toEqual({ rows: 7, classes: ['gafgyt udp'] });
  expect(multiclass.isTrained.flatMap((is, label) => (is ? [label] : []))).toEqual([0, 4]);
  const binary = forTask(data, 'binary');
  expect(binary.test.y).toHaveLength(27);
  expect(binary.leftOut).toEqual({ rows: 0, classes: [] });
});

it('bounds the task by the same rows: a ceiling of 100 % is one that a model can reach', async () => {
  const { ceiling } = boundsOf(await kettleTested());
  // With the seven udp rows, which have tcp's features, it would be below 1.
  expect(ceiling.multiclass.accuracy).toBe(1);
});

it('refuses the classes of a family that was never trained on, and takes the binary task', async () => {
  const data = await prepareData(
    sourceOf(['camera', 0, 20], ['camera', 4, 20], ['camera', 6, 20], ['camera', 8, 20]),
    { ...tinySpec, split: 'family', heldOut: ['mirai'] },
  );
  expect(() => forTask(data, 'multiclass')).toThrow(
    /^Cannot test the multiclass task on a split by family: .*\(mirai ack, mirai syn\) and of benign alone; use --task binary/,
  );
  expect(forTask(data, 'binary').test.y).toHaveLength(44);
});
