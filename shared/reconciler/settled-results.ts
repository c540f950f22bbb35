import type { Attributes, Table } from '../aws/table.ts';
import type { SettledStatus } from './baseline.ts';
import { keyOf } from './identity.ts';
import { SETTLED } from './ledger.ts';
import { readSettled } from './ledger-entry.ts';

/** How the registrar calls a request, as far as it has told. */
export interface Reference {
  readonly svTrId: string | null;
  readonly procId: string | null;
}

/**
 * How those of these requests have ended that have been told to have, in the order given; `undefined`
 * for the others. Throws what the table throws.
 */
export async function settledAmong(
  table: Table,
  references: readonly Reference[],
): Promise<(SettledStatus | undefined)[]> {
  const whole = references.filter(({ svTrId, procId }) => svTrId !== null && procId !== null);
  const items = await table.getAll([...new Set(whole.map(entryOf))]);
  const known = new Map(items.map((item) => [item.entry?.S, readSettled(item).status]));
  return Promise.all(
    references.map((reference) =>
      whole.includes(reference) ? known.get(entryOf(reference)) : inPart(table, reference),
    ),
  );
}

/** A request whose number is not known is the only one with its tracking id, or nobody can tell. */
async function inPart(table: Table, reference: Reference): Promise<SettledStatus | undefined> {
  if (reference.svTrId === null) return undefined;
  const items: Attributes[] = await table.query(entryOf(reference));
  const [only] = items;
  return only && items.length === 1 ? readSettled(only).status : undefined;
}

function entryOf({ svTrId, procId }: Reference): string {
  return SETTLED + keyOf({ svTrId: svTrId ?? '', procId: procId ?? '' });
}
