import { z } from 'zod';
import { expectation, refusalOf } from './expectation';

const schema = z.strictObject({
  trees: z.int().positive().max(10_000).default(100),
  leaves: z.int().min(2),
  offset: z.int(),
  rate: z.number().positive().max(1),
  heldOut: z.number().gt(0).lt(1),
  share: z.number().min(0).max(0.5).optional(),
  lambda: z.number().nonnegative(),
  goal: z.enum(['accuracy', 'macro-f1']),
  isDeep: z.boolean(),
  units: z.array(z.int().positive()).min(1).default([64, 32]),
  columns: z.union([z.literal('sqrt'), z.int().positive()]),
  stop: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('early'), patience: z.int().positive() }),
    z.strictObject({ kind: z.literal('late') }),
  ]),
  seeds: z.preprocess((value) => value, z.array(z.int().nonnegative())),
});

it.each<[PropertyKey[], string]>([
  [['trees'], 'a whole number from 1 to 10000'],
  [['leaves'], 'a whole number of 2 or more'],
  [['offset'], 'a whole number'],
  [['rate'], 'a number above 0, 1 at most'],
  [['heldOut'], 'a number above 0, below 1'],
  [['share'], 'a number from 0 to 0.5'],
  [['lambda'], 'a number of 0 or more'],
  [['goal'], 'one of "accuracy", "macro-f1"'],
  [['isDeep'], 'true or false'],
  [['units'], 'a list that is not empty, each entry a whole number of 1 or more (such as [64,32])'],
  [['units', 1], 'a whole number of 1 or more'],
  [['columns'], '"sqrt" or a whole number of 1 or more'],
  [['stop'], 'an object with kind, patience or an object with kind'],
  [['stop', 'kind'], '"early" or "late"'],
  [['stop', 'patience'], 'a whole number of 1 or more'],
  [['seeds', 0], 'a whole number of 0 or more'],
])('says what is expected at %j', (path, words) => {
  expect(expectation(schema, path)).toBe(words);
});

it('says what is expected before a value is changed', () => {
  const changed = schema.transform((value) => value.trees);
  expect(expectation(changed, ['trees'])).toBe('a whole number from 1 to 10000');
});

it.each<[object, string]>([
  [{ trees: 0 }, '0: expected a whole number from 1 to 10000'],
  [{ rate: NaN }, 'NaN: expected a number above 0, 1 at most'],
  [{ goal: 'f1' }, '"f1": expected one of "accuracy", "macro-f1"'],
  [{ units: [8, -1] }, '-1: expected a whole number of 1 or more'],
  [
    { trees: [[[[1]]], { of: 'x' }] },
    '[[[[…]]],{"of":"x"}]: expected a whole number from 1 to 10000',
  ],
  [{ odd: 2 }, '2: even numbers have none'],
  [{ goal: 'x'.repeat(1000) }, `"${'x'.repeat(59)}…: expected one of "accuracy", "macro-f1"`],
])('says what is refused of %j', (value, text) => {
  const odd = z.int().refine((number) => number % 2 === 1, 'even numbers have none');
  const all = schema.extend({ odd }).partial();
  const { value: refused, why } = refusalOf(all, value, all.safeParse(value).error!.issues[0]!);
  expect(`${refused}: ${why}`).toBe(text);
});
