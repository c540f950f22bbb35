import * as z from 'zod/mini';
import { camelCase } from '../dmapi/camel-case.ts';
import { EMPTIED } from './emptied.ts';
import { EXTENSIONS } from './extension-table.ts';

interface Extension {
  /** DMAPI's name of it, `x-ca-legal-type`. */
  readonly wireName: string;
  readonly tlds: readonly string[];
  readonly schema: z.ZodMiniType<string, string>;
}

/** By our names: `caLegalType`. */
const BY_NAME: ReadonlyMap<string, Extension> = new Map(
  Object.entries(EXTENSIONS).flatMap(([tlds, extensions]) =>
    Object.entries(extensions).map(([wireName, schema]) => [
      camelCase(wireName.replace(/^x-/, '')),
      { wireName, tlds: tlds.split(' '), schema },
    ]),
  ),
);

/** What the registry of a TLD asks of its contacts, each by the form that DMAPI documents. */
export const extensions = z.pipe(
  z.strictObject(
    shape((schema) => z.optional(schema)),
    'must be an object',
  ),
  z.transform((given: Record<string, string | undefined>) => toWire(given)),
);

/** The same, where null empties one. */
export const emptiableExtensions = z.pipe(
  z.strictObject(
    shape((schema) => z.optional(z.nullable(schema))),
    'must be an object',
  ),
  z.transform((given: Record<string, string | null | undefined>) => toWire(given)),
);

/** The first of these, by their wire names, that is not one of the TLD, and what to say of it. */
export function strangerTo(tld: string, given: Readonly<Record<string, unknown>>) {
  const found = [...BY_NAME].find(
    ([, { wireName, tlds }]) => wireName in given && !isUnder(tld, tlds),
  );
  if (!found) return undefined;
  const [name, { tlds }] = found;
  return { name, message: `is of the TLD ${tlds.join(', ')}, not of the one in tld` };
}

function shape<Schema>(write: (schema: Extension['schema']) => Schema): Record<string, Schema> {
  return Object.fromEntries([...BY_NAME].map(([name, { schema }]) => [name, write(schema)]));
}

function toWire(given: Readonly<{ [name: string]: string | null | undefined }>) {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const extension = BY_NAME.get(name);
    if (extension && value !== undefined) params[extension.wireName] = value ?? EMPTIED;
  }
  return params;
}

function isUnder(tld: string, tlds: readonly string[]): boolean {
  return tlds.some((one) => tld === one || tld.endsWith(`.${one}`));
}
