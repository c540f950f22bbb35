import type { Attributes } from '../aws/table.ts';
import type { SettledStatus } from './baseline.ts';
import { KEPT_DAYS } from './expiry.ts';

/** The status of a result that is followed; `untold` where nothing could be published of it yet. */
export type OpenStatus = 'pending' | 'unknown' | 'untold';

export type KnownStatus = SettledStatus | OpenStatus;

/** What has been told of a result. */
export interface Known {
  readonly status: KnownStatus;
  /** How many transitions have been told. */
  readonly sequence: number;
  /**
   * Where it is known from an entry of version 0.1.0, which names a result by its svTrId alone and so
   * can be another's: the place of that entry.
   */
  readonly old?: 'open' | 'settled';
}

/** A result that is followed. */
export interface Followed extends Known {
  readonly status: OpenStatus;
  readonly svTrId: string;
  /** Null in an entry of version 0.1.0. */
  readonly procId: string | null;
  /** As the registrar has written it; null in an entry of version 0.1.0. */
  readonly timestamp: string | null;
  /** Since when it has this status, epoch milliseconds. */
  readonly sinceMs: number;
  /** Null as long as the registrar shows it. */
  readonly missing: Missing | null;
}

/** A result that the registrar does not show any more. Times are epoch milliseconds. */
export interface Missing {
  /** When it was first asked for in vain. */
  readonly sinceMs: number;
  /** How often it was. */
  readonly looks: number;
  /** When it is to be asked for again. */
  readonly nextLookMs: number;
}

/** A settled result, and the status that it may have been told to have since. */
export interface Settled {
  readonly status: SettledStatus;
  readonly sequence: number;
  readonly telling: SettledStatus | undefined;
}

const DAY_MS = 86_400_000;

/** The attributes of an `open/` item, without fence and expiry. */
export function writeFollowed(followed: Followed): Attributes {
  const { status, sequence, svTrId, procId, timestamp, sinceMs, missing } = followed;
  return {
    status: { S: status },
    sequence: number(sequence),
    svTrId: { S: svTrId },
    ...(procId !== null && { procId: { S: procId } }),
    ...(timestamp !== null && { timestamp: { S: timestamp } }),
    sinceMs: number(sinceMs),
    ...(missing && {
      missingSinceMs: number(missing.sinceMs),
      looks: number(missing.looks),
      nextLookMs: number(missing.nextLookMs),
    }),
  };
}

/** @param key its entry without `open/`: in version 0.1.0 the svTrId */
export function readFollowed(item: Attributes, key: string): Followed {
  const status = item.status?.S as OpenStatus;
  const procId = item.procId?.S ?? null;
  const missingSinceMs = readNumber(item, 'missingSinceMs');
  return {
    status,
    // Of what it could not publish, version 0.1.0 had told nothing.
    sequence: readNumber(item, 'sequence') ?? (status === 'untold' ? 0 : 1),
    svTrId: item.svTrId?.S ?? key,
    procId,
    timestamp: item.timestamp?.S ?? null,
    sinceMs: readNumber(item, 'sinceMs') ?? recordedMs(item),
    missing: missingSinceMs === undefined ? null : readMissing(item, missingSinceMs),
    ...(procId === null && { old: 'open' }),
  };
}

function readMissing(item: Attributes, sinceMs: number): Missing {
  return {
    sinceMs,
    looks: readNumber(item, 'looks') ?? 1,
    nextLookMs: readNumber(item, 'nextLookMs') ?? sinceMs,
  };
}

/** The attributes of a `settled/` item, without fence and expiry. */
export function writeSettled({ status, sequence, telling }: Settled): Attributes {
  return {
    status: { S: status },
    sequence: number(sequence),
    ...(telling && { telling: { S: telling } }),
  };
}

export function readSettled(item: Attributes): Settled {
  return {
    status: item.status?.S as SettledStatus,
    sequence: readNumber(item, 'sequence') ?? 1,
    telling: item.telling?.S as SettledStatus | undefined,
  };
}

/** Version 0.1.0 has not recorded when it wrote an entry, but for how long it is kept. */
function recordedMs(item: Attributes): number {
  return (readNumber(item, 'expiresAt') ?? 0) * 1000 - KEPT_DAYS.open * DAY_MS;
}

function number(value: number) {
  return { N: String(value) };
}

function readNumber(item: Attributes, name: string): number | undefined {
  const text = item[name]?.N;
  return text === undefined ? undefined : Number(text);
}
