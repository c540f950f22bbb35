import * as z from 'zod/mini';
import { atLeastOne } from './rules.ts';
import { procId, svTrId } from './tracking.ts';

/** What names one result: its tracking id, its processing id, or both. */
export const resultReference = { svTrId: z.optional(svTrId), procId: z.optional(procId) };

/** The rule that one of them does. */
export const namesOne = atLeastOne('svTrId', 'procId');

/** With both given only the tracking id is sent: the registrar would prefer it anyway. */
export function referenceParams(reference: {
  readonly svTrId?: string | undefined;
  readonly procId?: string | undefined;
}): Record<string, string> {
  const { svTrId, procId } = reference;
  return svTrId !== undefined ? { svtrid: svTrId } : { 'proc-id': procId ?? '' };
}
