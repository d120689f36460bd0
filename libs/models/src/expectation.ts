import { z } from 'zod';

/** The part of JSON Schema that is put into words. */
interface Shape {
  readonly type?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly minItems?: number;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
}

/** Values longer than this are cut where they stand in a sentence. */
const MOST_LETTERS = 60;

/** And lists in lists deeper than this. */
const MOST_LEVELS = 3;

/**
 * What a schema takes at a place of a value, in words: "a whole number from 1 to 64".
 *
 * @param path names and numbers that lead to the place; the whole value where left out
 */
export function expectation(schema: z.ZodType, path: readonly PropertyKey[] = []): string {
  const at = (io: 'input' | 'output'): Shape =>
    path.reduce<Shape>(
      (shape, name) => shapeAt(shape, name),
      z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Shape,
    );
  // Where a schema changes a value, one side of it cannot be put into JSON Schema.
  const shape = at('output');
  return described(isKnown(shape) ? shape : at('input'));
}

function isKnown({ type, const: only, enum: some, anyOf, oneOf }: Shape): boolean {
  return [type, only, some, anyOf, oneOf].some((part) => part !== undefined);
}

/** What a schema refuses, and why: "0" and "expected a whole number from 1 to 64". */
export interface Refusal {
  readonly value: string;
  readonly why: string;
}

/** What a schema complains of, in words: its own where it has some, and never zod's. */
export function refusalOf(
  schema: z.ZodType,
  value: unknown,
  { path, message }: z.core.$ZodIssue,
): Refusal {
  const refused = path.reduce<unknown>(
    (part, name) => (part as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[name],
    value,
  );
  const isOwn = /^[a-z]/.test(message); // zod's begin with a capital
  return {
    value: quoted(refused),
    why: isOwn ? message : `expected ${expectation(schema, path)}`,
  };
}

/** A value as it is quoted in a sentence: as JSON, cut where it is long or deep. */
function quoted(value: unknown): string {
  const text = textOf(value, MOST_LEVELS);
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text;
}

function textOf(value: unknown, levels: number): string {
  if (typeof value !== 'object' || value === null) {
    // JSON has neither NaN nor infinity.
    return typeof value === 'string' ? JSON.stringify(value) : String(value);
  }
  const isList = Array.isArray(value);
  const [open, close] = isList ? '[]' : '{}';
  if (levels === 0) return `${open}…${close}`;
  const parts = Object.entries(value).map(([name, part]) => {
    const text = textOf(part, levels - 1);
    return isList ? text : `${JSON.stringify(name)}:${text}`;
  });
  return `${open}${parts.join(',')}${close}`;
}

/** The shape of a field or an entry; of several that a value may have, all that there are. */
function shapeAt(shape: Shape, name: PropertyKey): Shape {
  const alternatives = alternativesOf(shape);
  if (alternatives !== undefined) {
    const found = alternatives
      .map((one) => shapeAt(one, name))
      .filter((one) => Object.keys(one).length > 0);
    return found.length > 1 ? { anyOf: found } : (found[0] ?? {});
  }
  if (typeof name === 'number') return shape.items ?? {};
  const part = shape.properties?.[String(name)] ?? shape.additionalProperties;
  return typeof part === 'object' ? part : {};
}

function alternativesOf({ anyOf, oneOf }: Shape): readonly Shape[] | undefined {
  return anyOf ?? oneOf;
}

function described(shape: Shape): string {
  const alternatives = alternativesOf(shape);
  if (alternatives !== undefined) return alternatives.map(described).join(' or ');
  if (shape.const !== undefined) return quoted(shape.const);
  if (shape.enum !== undefined) return `one of ${shape.enum.map(quoted).join(', ')}`;
  switch (shape.type) {
    case 'integer':
      return `a whole number${wholeRange(shape)}`;
    case 'number':
      return `a number${range(shape)}`;
    case 'boolean':
      return 'true or false';
    case 'string':
      return 'text';
    case 'array':
      return list(shape);
    case 'object':
      return fields(shape);
    default:
      return 'another value';
  }
}

function wholeRange({ minimum, exclusiveMinimum, maximum }: Shape): string {
  const least = exclusiveMinimum === undefined ? minimum : exclusiveMinimum + 1;
  const isBound = (bound: number | undefined) =>
    bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  return range({
    ...(isBound(least) ? { minimum: least! } : {}),
    ...(isBound(maximum) ? { maximum: maximum! } : {}),
  });
}

function range({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: Shape): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  const bounds = [
    ...(minimum === undefined ? [] : [`of ${minimum} or more`]),
    ...(exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`]),
    ...(maximum === undefined ? [] : [`${maximum} at most`]),
    ...(exclusiveMaximum === undefined ? [] : [`below ${exclusiveMaximum}`]),
  ];
  return bounds.length === 0 ? '' : ` ${bounds.join(', ')}`;
}

function list({ items, minItems, default: usual }: Shape): string {
  const least = minItems ? ' that is not empty' : '';
  const example = usual === undefined ? '' : ` (such as ${quoted(usual)})`;
  return `a list${least}, each entry ${described(items ?? {})}${example}`;
}

function fields({ properties = {} }: Shape): string {
  const names = Object.keys(properties);
  return `an object${names.length === 0 ? '' : ` with ${names.join(', ')}`}`;
}
