import { done, type Outcome } from '../requests/outcome.ts';

/** The special requests that tell their verdict in a header of its own; a NACK has its reason. */
export function verdict(reason: string | null): Outcome {
  if (reason === null) return done('', [['Result', 'ACK']]);
  return done(`${reason}\n`, [['Result', 'NACK']]);
}
