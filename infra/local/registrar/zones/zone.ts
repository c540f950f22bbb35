/** The zone of a domain as it is kept: the two known settings, and the other lines in their order. */
export interface Zone {
  dnssec: string;
  /** `yes:user:password` or `no::`; a secret. */
  dynDns: string;
  lines: readonly string[];
  /** What it replaced, and when, epoch milliseconds. */
  readonly replaced?: { readonly zone: Zone; readonly atMs: number };
}

export const NO_DYN_DNS = 'no::';

/** How many former zones of a domain are kept. */
const KEPT = 8;

export function newZone(lines: readonly string[] = [], dynDns = NO_DYN_DNS): Zone {
  return { dnssec: 'no', dynDns, lines };
}

/** A zone in the place of another, which is kept for reads that lag behind. */
export function replaceZone(former: Zone, zone: Zone, atMs: number): Zone {
  return { ...zone, replaced: { zone: withHistory(former, KEPT - 1), atMs } };
}

/** The zone as it was before what came within the last `forMs`; without it, before the last change. */
export function formerZone(zone: Zone, atMs: number, forMs?: number): Zone {
  if (forMs === undefined) return zone.replaced?.zone ?? zone;
  let shown = zone;
  while (shown.replaced && atMs - shown.replaced.atMs < forMs) shown = shown.replaced.zone;
  return shown;
}

function withHistory({ replaced, ...zone }: Zone, kept: number): Zone {
  if (!replaced || kept === 0) return zone;
  return { ...zone, replaced: { ...replaced, zone: withHistory(replaced.zone, kept - 1) } };
}
