import assert from 'node:assert/strict';
import { InputError } from '@botlab/errors';
import { z } from 'zod';
import { optionNames, parseOptions } from '../build-model';
import type { ModelDefinition } from '../define-model';
import type { Check } from './check';

/** What a model, a network or another, says of itself. */
type Described = Pick<ModelDefinition, 'name' | 'title' | 'summary' | 'options'>;

/** What a model says of itself, and which options it refuses. */
export function descriptionChecks(model: Described): Check[] {
  const checks: Record<string, () => void> = {
    'has a title, a sentence about itself, and options with defaults and descriptions': () => {
      assert.match(model.title, /\S/);
      assert.match(model.summary, /^[A-Z].*\.$/, 'its summary is no sentence: "It is this."');
      const { options } = model;
      assert.ok(isObject(options), 'its options are no object of zod');
      const given = optionNames(model).filter(
        (name) => !(options.shape[name] instanceof z.ZodOptional), // it says what it is where left out
      );
      assert.deepEqual(Object.keys(parseOptions(model)), given);
      for (const [name, { description }] of Object.entries(options.shape)) {
        assert.match(description ?? '', /\S/, `its option "${name}" has no description`);
      }
    },

    'refuses options that it does not have, and values of another type': () => {
      const parse = (options: Record<string, unknown>) => () => parseOptions(model, options);
      const unknown =
        optionNames(model).length > 0
          ? `Unknown option of ${model.name} "nonesuch": expected one of`
          : `Cannot set the option "nonesuch" of ${model.name}: it has no options.`;
      assert.throws(parse({ nonesuch: 1 }), refusal(unknown));
      for (const name of optionNames(model)) {
        const wrong = `Cannot set the option "${name}" of ${model.name} to {"of":"no option"}: expected `;
        assert.throws(parse({ [name]: { of: 'no option' } }), refusal(wrong));
      }
    },
  };
  return Object.entries(checks).map(([title, check]) => ({
    title,
    run: () => new Promise((done) => done(check())),
  }));
}

function isObject(schema: z.ZodType): schema is z.ZodObject<Record<string, z.ZodType>> {
  return schema instanceof z.ZodObject;
}

/** Whether an error is bad input whose sentence begins so. */
function refusal(begins: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof InputError, `expected an InputError, got ${String(error)}`);
    assert.equal(error.message.slice(0, begins.length), begins);
    return true;
  };
}
