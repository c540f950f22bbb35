import type { Attributes } from '../aws/table.ts';

/** The last writes of a zone here: a reader may be shown what was there before one of them. */
export interface LastWrites {
  /** The entity tag after the last one. */
  readonly after: string;
  /** The tags before it and before others of late, oldest first. */
  readonly formers: readonly Former[];
}

interface Former {
  readonly etag: string;
  /** When it was replaced, epoch milliseconds. */
  readonly atMs: number;
}

/** How long a zone that was written may be shown as it was before. */
export const STALE_MS = 10_000;
/** It can take its time until it is written. */
const KEPT_MS = 3 * STALE_MS;
const MOST = 100;

/** The last writes, with one more. */
export function withWrite(
  writes: LastWrites | undefined,
  { before, after }: { readonly before: string; readonly after: string },
  nowMs: number,
): LastWrites {
  const late = writes?.formers.filter(({ etag, atMs }) => etag !== after && nowMs - atMs < KEPT_MS);
  return { after, formers: [...(late ?? []), { etag: before, atMs: nowMs }].slice(-MOST) };
}

/**
 * Whether what was read may be what was there before. A new DynDNS password does not show in a tag:
 * what was read soon after it may be either.
 */
export function mayBeFormer(writes: LastWrites | undefined, etag: string, nowMs: number): boolean {
  return (
    writes?.formers.some(
      (former) => former.etag === etag && (etag !== writes.after || nowMs - former.atMs < STALE_MS),
    ) ?? false
  );
}

/** As the item of the zone's turns has them. */
export function readLastWrites({ etagAfter, formers }: Attributes): LastWrites | undefined {
  if (etagAfter?.S === undefined || formers?.L === undefined) return undefined;
  return {
    after: etagAfter.S,
    formers: formers.L.map(({ S = '' }) => {
      const [atMs, etag = ''] = S.split(' ');
      return { etag, atMs: Number(atMs) };
    }),
  };
}

export function lastWritesAttributes({ after, formers }: LastWrites): Attributes {
  return {
    ':after': { S: after },
    ':formers': { L: formers.map(({ etag, atMs }) => ({ S: `${atMs} ${etag}` })) },
  };
}
