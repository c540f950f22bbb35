import { toText } from './any-zone.ts';
import { type Answered, startZoneRig, type ZoneRig } from './zoning.ts';

export const DOMAIN = 'example.net';

/** The zone unless told otherwise. */
export const LINES = [
  '$dnssec=no',
  '$dyndns=yes:user:canary',
  'a A 0 192.0.2.1 60',
  'b A 0 192.0.2.1 60',
];

/** What `add` adds, and what `put` keeps. */
export const A = { name: 'new', type: 'A', record: '192.0.2.7' };
export const RRSETS = [{ name: 'a', type: 'A', ttl: 60, records: ['192.0.2.1'] }];

type Headers = Readonly<Record<string, string>>;

/** A rig with a zone of these lines. */
export async function startZone(lines: readonly string[] = LINES): Promise<ZoneRig> {
  const rig = await startZoneRig();
  rig.registrar.editZone(DOMAIN, () => toText(lines));
  return rig;
}

/** How often the registrar was sent a zone. */
export function writesOf({ registrar }: ZoneRig): number {
  return registrar.requests.filter(({ name }) => name === 'dns-zone-put').length;
}

export async function etagOf(rig: ZoneRig): Promise<string> {
  return (await rig.call('dns-zone-get', { domain: DOMAIN })).etag;
}

export function add(rig: ZoneRig, headers: Headers = {}, more: object = {}): Promise<Answered> {
  return rig.call('dns-zone-patch', { domain: DOMAIN, add: [A], ...more }, headers);
}

export function put(rig: ZoneRig, headers: Headers, more: object = {}): Promise<Answered> {
  const input = { domain: DOMAIN, rrsets: RRSETS, forwards: [], ...more };
  return rig.call('dns-zone-put', input, headers);
}

/** `r0 A …`, `r1 A …` and so on. */
export function many(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `r${i} A 0 192.0.2.1 60`);
}
