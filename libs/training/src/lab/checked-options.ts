import { InputError, unknownName } from '@botlab/errors';
import { refusalOf } from '@botlab/models';
import type { z } from 'zod';
import { given } from '../given';

/**
 * What a schema makes of options.
 *
 * @param cannot how the sentence begins: "Cannot load data"
 * @param beside names of options that are none of the schema's, for one that nobody knows
 * @throws InputError that names the first option that it does not take
 */
export function checkedOptions<Shape extends z.core.$ZodLooseShape>(
  schema: z.ZodObject<Shape>,
  options: Readonly<Record<string, unknown>>,
  cannot: string,
  beside: readonly string[],
): z.output<z.ZodObject<Shape>> {
  const asked = given(options);
  const parsed = schema.safeParse(asked);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  if (issue.code === 'unrecognized_keys' && issue.path.length === 0) {
    throw unknownName('option', issue.keys[0]!, [...beside, ...Object.keys(schema.shape)]);
  }
  const { value, why } = refusalOf(schema, asked, issue);
  throw new InputError(`${cannot} with ${issue.path.join('.')} ${value}: ${why}.`);
}
