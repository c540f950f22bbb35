import * as z from 'zod/mini';

const MESSAGE =
  'must be true or false for autorenew and whois-opt-out, off, basic or pro for privacy, or null';

/** The value of a domain's property. Null is written as nothing: back to the default. */
export const propertyValue = z.pipe(
  z.nullable(z.union([z.boolean(), z.enum(['off', 'basic', 'pro'])], MESSAGE)),
  z.transform((value: boolean | 'off' | 'basic' | 'pro' | null) =>
    typeof value === 'boolean' ? (value ? '1' : '0') : (value ?? ''),
  ),
);

/** The rule that the value is one of the property. */
export const propertyValueFits = z.refine<{ readonly property: string; readonly value: string }>(
  ({ property, value }) => value === '' || (property === 'privacy') === !/^[01]$/.test(value),
  { path: ['value'], error: MESSAGE },
);
