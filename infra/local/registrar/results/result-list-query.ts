import { compilePattern } from '../requests/pattern.ts';
import { IN_PROGRESS, type Result } from '../result.ts';
import { DAY_MS, readDateEnd } from '../time/timestamp.ts';

/** The parameters of result-list, read. */
export interface ResultListQuery {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  readonly matches: (result: Result) => boolean;
  readonly countOnly: boolean;
  readonly offset: number;
  readonly limit: number;
}

type Params = ReadonlyMap<string, string>;

const FILTERS = {
  rtype: 'requestType',
  objid: 'requestObject',
  procid: 'procId',
  svtrid: 'svTrId',
  cltrid: 'clTrId',
} as const;

/**
 * Reads the parameters, or says what is wrong with them: one reason a line. That a malformed value
 * is refused (not ignored) is our choice; a test notices a refusal.
 */
export function readResultListQuery(
  params: Params,
  nowMs: number,
): ResultListQuery | { readonly errors: readonly string[] } {
  const { fromMs, toMs, days } = readWindow(params, nowMs);
  const offset = readInteger(params, 'offset', 0);
  const limit = readInteger(params, 'limit', Number.POSITIVE_INFINITY);
  const status = params.get('status');
  const errors = [
    ...(Number.isNaN(toMs) ? ['date is not a date'] : []),
    ...(Number.isNaN(days) ? ['period is not a number'] : []),
    ...(Number.isNaN(offset) ? ['offset is not a number'] : []),
    ...(Number.isNaN(limit) ? ['limit is not a number'] : []),
    ...(status && !/^(ack|nack|\?)$/i.test(status) ? ['status is not ack, nack or ?'] : []),
  ];
  if (errors.length > 0) return { errors };
  const countOnly = isOn(params, 'count-only');
  return { fromMs, toMs, matches: matcher(params), countOnly, offset, limit };
}

/** The days asked for: those up to `date` (1 unless said), or up to now and beyond (90). */
function readWindow(params: Params, nowMs: number) {
  const date = params.get('date');
  const toMs = date ? (readDateEnd(date) ?? Number.NaN) : Number.POSITIVE_INFINITY;
  const days = readInteger(params, 'period', date ? 1 : 90);
  return { toMs, days, fromMs: (date ? toMs : nowMs) - days * DAY_MS };
}

function readInteger(params: Params, name: string, fallback: number): number {
  const text = params.get(name);
  if (!text) return fallback;
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

/** Whether a flag is set. Two have another, probably older, name in the registrar's own panel. */
function isOn(params: Params, ...names: readonly string[]): boolean {
  return names.some((name) => !['', '0'].includes(params.get(name) ?? ''));
}

/**
 * Requests in progress show with `pending` only, even when `status=?` asks for them: the documents
 * make `pending` the one door to them (whether status=? opens it too is open).
 */
function matcher(params: Params): ResultListQuery['matches'] {
  const withPending = isOn(params, 'pending', 'showpending');
  const withDeleted = isOn(params, 'showall', 'showdeleted');
  const status = params.get('status')?.toLowerCase();
  const filters = Object.entries(FILTERS).flatMap(([name, field]) => {
    const pattern = params.get(name);
    return pattern ? [{ field, test: compilePattern(pattern) }] : [];
  });
  return (result) =>
    (withPending || result.status !== IN_PROGRESS) &&
    (withDeleted || !result.deleted) &&
    (!status || status === result.status) &&
    filters.every(({ field, test }) => test(result[field]));
}
