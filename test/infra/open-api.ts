import type { Properties } from './synthesised.ts';

const FORMATS: Readonly<Record<string, RegExp>> = {
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
};

/** All keywords that are looked at. Another one would be passed over, and a check be too lenient. */
const KEYWORDS = [
  '$ref',
  'type',
  'nullable',
  'enum',
  'format',
  'minimum',
  'items',
  'required',
  'properties',
  'additionalProperties',
];

/**
 * Where a value is not what a schema of an OpenAPI 3.0 document describes: the paths of what is
 * wrong, none where nothing is.
 */
export function mismatches(
  document: Properties,
  schema: Properties,
  value: unknown,
  at = '',
): string[] {
  const unknown = Object.keys(schema).filter((key) => !KEYWORDS.includes(key) && !/^x-/.test(key));
  if (unknown.length > 0) throw new Error(`The check does not know ${unknown.join(', ')}.`);
  if (schema.$ref) return mismatches(document, resolve(document, schema.$ref), value, at);
  if (schema.enum && !schema.enum.includes(value)) return [at];
  if (value === null) return schema.nullable ? [] : [at];
  if (!isOfType(value, schema.type) || Number(value) < schema.minimum) return [at];
  if (schema.format && !formatOf(schema.format).test(String(value))) return [at];
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => mismatches(document, schema.items, item, `${at}/${i}`));
  }
  return schema.type === 'object' ? inObject(document, schema, value as Properties, at) : [];
}

function inObject(document: Properties, schema: Properties, value: Properties, at: string) {
  const { properties = {}, required = [], additionalProperties = true } = schema;
  const missing = required.filter((key: string) => !(key in value));
  const extra = Object.keys(value).filter((key) => !(key in properties));
  return [
    ...[...missing, ...(additionalProperties ? [] : extra)].map((key) => `${at}/${key}`),
    ...Object.entries(properties as Properties)
      .filter(([key]) => key in value)
      .flatMap(([key, property]) => mismatches(document, property, value[key], `${at}/${key}`)),
  ];
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value);
  return type === (Array.isArray(value) ? 'array' : typeof value);
}

function formatOf(name: string): RegExp {
  const format = FORMATS[name];
  if (!format) throw new Error(`The check does not know the format ${name}.`);
  return format;
}

function resolve(document: Properties, reference: string): Properties {
  const steps = reference.replace(/^#\//, '').split('/');
  const found = steps.reduce<Properties | undefined>((node, step) => node?.[step], document);
  if (!found) throw new Error(`${reference} leads nowhere.`);
  return found;
}
