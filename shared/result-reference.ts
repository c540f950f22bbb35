import * as z from 'zod/mini';
import { procId, svTrId } from './input.ts';

/** Names one result: by its tracking id, by its processing id, or by both. */
export const resultReference = z
  .strictObject({ svTrId: z.optional(svTrId), procId: z.optional(procId) })
  .check(
    z.refine(({ svTrId, procId }) => svTrId !== undefined || procId !== undefined, {
      path: ['svTrId'],
      error: 'or procId must be given',
    }),
  );

/** With both given only the tracking id is sent: the registrar would prefer it anyway. */
export function referenceParams(reference: z.output<typeof resultReference>) {
  const { svTrId, procId } = reference;
  return svTrId !== undefined ? { svtrid: svTrId } : { 'proc-id': procId ?? '' };
}
