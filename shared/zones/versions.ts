import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { Attributes, Table } from '../aws/table.ts';
import { withoutPassword } from './dyn-dns.ts';
import type { FetchedZone } from './fetch-zone.ts';
import { readZone, type Zone, zoneText } from './zone.ts';
import { ZoneError } from './zone-error.ts';

/** A zone as it was before a write. */
export interface Version {
  /** Grows with the writes of the zone. */
  readonly version: number;
  /** When it was replaced, ISO 8601. */
  readonly at: string;
  readonly etag: string;
}

/** What the zones of one account were before they were written. All throw what the table throws. */
export interface Versions {
  /** Keeps a zone, without the DynDNS password. */
  keep(domain: string, version: FetchedZone & { readonly number: number }): Promise<void>;
  /** Forgets all but the last twenty and one a day. */
  prune(domain: string): Promise<void>;
  /** Forgets one that has not been replaced after all. */
  forget(domain: string, version: number): Promise<void>;
  /** The last twenty and one a day, of the last 90 days, newest first. */
  list(domain: string): Promise<Version[]>;
  /** @throws ZoneError `not-found` */
  read(domain: string, version: number): Promise<Zone>;
}

const KEPT = 20;
const KEPT_DAYS = 90;
const DAY_MS = 86_400_000;
/** An item of DynamoDB holds 400 KB. */
const PART_BYTES = 300_000;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Opens the versions of the account that the table is of. @param now epoch milliseconds */
export function openVersions(table: Table, now: () => number): Versions {
  async function kept(domain: string): Promise<Kept[]> {
    const items = (await table.query(factsPrefix(domain))).map(readKept);
    return items.filter(({ atMs }) => atMs > now() - KEPT_DAYS * DAY_MS);
  }

  async function remove(domain: string, { version, parts }: Pick<Kept, 'version' | 'parts'>) {
    await table.delete(`${factsPrefix(domain)}${digits(version)}`);
    for (let i = 0; i < parts; i++) {
      await table.delete(`${partsPrefix(domain, version)}${digits(i, 4)}`);
    }
  }

  return {
    async keep(domain, { number, zone, etag }) {
      const atMs = now();
      const expiresAt = { N: String(Math.ceil((atMs + KEPT_DAYS * DAY_MS) / 1000)) };
      const parts = partsOf(await deflate(keptText(zone)));
      const puts = parts.map((part, i) =>
        table.put(`${partsPrefix(domain, number)}${digits(i, 4)}`, {
          part: { B: part },
          expiresAt,
        }),
      );
      await Promise.all(puts);
      // The facts last: what they tell of is there.
      await table.put(`${factsPrefix(domain)}${digits(number)}`, {
        atMs: { N: String(atMs) },
        etag: { S: etag },
        parts: { N: String(parts.length) },
        expiresAt,
      });
    },
    async prune(domain) {
      const all = await kept(domain);
      const stays = new Set(worthKeeping(all));
      for (const one of all.filter((it) => !stays.has(it))) await remove(domain, one);
    },
    async forget(domain, version) {
      const facts = await table.get(`${factsPrefix(domain)}${digits(version)}`);
      if (facts) await remove(domain, { version, parts: Number(facts.parts?.N) });
    },
    list: async (domain) =>
      worthKeeping(await kept(domain)).map(({ version, atMs, etag }) => ({
        version,
        at: new Date(atMs).toISOString(),
        etag,
      })),
    async read(domain, version) {
      const facts = await table.get(`${factsPrefix(domain)}${digits(version)}`);
      const items = facts ? await table.query(partsPrefix(domain, version)) : [];
      const isWhole = facts && items.length === Number(facts.parts?.N);
      if (!isWhole || readKept(facts).atMs <= now() - KEPT_DAYS * DAY_MS) throw noVersion(version);
      const bytes = items.map(({ part }) => part?.B ?? new Uint8Array());
      return readZone((await inflate(Buffer.concat(bytes))).toString('utf8'));
    },
  };
}

interface Kept {
  readonly version: number;
  readonly atMs: number;
  readonly etag: string;
  readonly parts: number;
}

/** The last twenty, and the first of each day: what was there before anything was changed on it. */
function worthKeeping(all: readonly Kept[]): Kept[] {
  const oldestFirst = [...all].sort((a, b) => a.version - b.version);
  const days = new Set<number>();
  const firsts = oldestFirst.filter(({ atMs }) => {
    const day = Math.floor(atMs / DAY_MS);
    return !days.has(day) && days.add(day);
  });
  const worth = new Set([...firsts, ...oldestFirst.slice(-KEPT)]);
  return oldestFirst.filter((one) => worth.has(one)).reverse();
}

/** With it there would be something to keep secret: so in a setting or a comment that only looks like it. */
function keptText({ lines }: Zone): string {
  const kept = lines.filter(({ kind, text }) => !MAY_HIDE.has(kind) || !/dyndns/i.test(text));
  return zoneText({
    lines: kept.map((line) =>
      line.kind === 'dynDns' ? { ...line, text: withoutPassword(line.text) } : line,
    ),
  });
}

const MAY_HIDE: ReadonlySet<string> = new Set(['setting', 'blank']);

function partsOf(bytes: Buffer): Buffer[] {
  const count = Math.max(1, Math.ceil(bytes.length / PART_BYTES));
  return Array.from({ length: count }, (_, i) =>
    bytes.subarray(i * PART_BYTES, (i + 1) * PART_BYTES),
  );
}

function factsPrefix(domain: string): string {
  return `version/${domain}/`;
}

function partsPrefix(domain: string, version: number): string {
  return `part/${domain}/${digits(version)}/`;
}

/** So that keys sort as numbers do. */
function digits(value: number, count = 12): string {
  return String(value).padStart(count, '0');
}

function readKept({ entry, atMs, etag, parts }: Attributes): Kept {
  return {
    version: Number(entry?.S?.split('/').at(-1)),
    atMs: Number(atMs?.N),
    etag: etag?.S ?? '',
    parts: Number(parts?.N),
  };
}

function noVersion(version: number): ZoneError {
  return new ZoneError(
    'not-found',
    `There is no version ${version} of the zone: dns-zone-versions lists those that are kept.`,
  );
}
