import type { Tagged } from '../action.ts';
import type { Written } from './write-zone.ts';

/** What a write came to, as it is answered. */
export function toWritten({ etag, ...body }: Written): Tagged<Omit<Written, 'etag'>> {
  return { etag, body };
}
