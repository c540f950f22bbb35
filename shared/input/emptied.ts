import * as z from 'zod/mini';

/** Empties a field of a contact: known from the registrar's own program only, not documented. */
export const EMPTIED = '!@!';

/** What null empties, written as DMAPI takes it. */
export function emptiable<Given>(schema: z.ZodMiniType<string, Given>, emptied = EMPTIED) {
  return z.pipe(
    z.nullable(schema),
    z.transform((value: string | null) => value ?? emptied),
  );
}
