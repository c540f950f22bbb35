import { NUMBER } from '../requests/parameter-kinds.ts';
import { isOn, type ParameterRules, type Params } from '../requests/parameters.ts';
import { compilePattern } from '../requests/pattern.ts';
import { IN_PROGRESS, type Result } from '../result.ts';
import { DAY_MS, readDateEnd } from '../time/timestamp.ts';

/** The parameters of result-list, read. */
export interface ResultListQuery {
  readonly nowMs: number;
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  readonly matches: (result: Result) => boolean;
  readonly countOnly: boolean;
  readonly offset: number;
  readonly limit: number;
}

const FILTERS = {
  rtype: 'requestType',
  objid: 'requestObject',
  procid: 'procId',
  svtrid: 'svTrId',
  cltrid: 'clTrId',
} as const;

/** The kinds of the parameters. That a malformed value is refused is known from a login alone. */
export const RESULT_LIST_RULES: NonNullable<ParameterRules['optional']> = {
  date: {
    expected: 'date as YYYY-MM-DD, YYYYMMDD or YYYYMMDDHHMMSS',
    accepts: (value) => readDateEnd(value) !== null,
  },
  period: NUMBER,
  offset: NUMBER,
  limit: NUMBER,
  status: {
    expected: 'ack, nack or ?',
    accepts: (value) => /^(ack|nack|\?|pending)$/i.test(value),
  },
};

/** Reads the parameters, which are in order. */
export function readResultListQuery(params: Params, nowMs: number): ResultListQuery {
  return {
    nowMs,
    ...readWindow(params, nowMs),
    matches: matcher(params),
    countOnly: isOn(params, 'count-only'),
    offset: Number(params.get('offset') || 0),
    limit: Number(params.get('limit') || Number.POSITIVE_INFINITY),
  };
}

/** The days asked for: those up to `date` (1 unless said), or up to now and beyond (90). */
function readWindow(params: Params, nowMs: number) {
  const date = params.get('date');
  const toMs = (date && readDateEnd(date)) || Number.POSITIVE_INFINITY;
  const days = Number(params.get('period') || (date ? 1 : 90));
  return { toMs, fromMs: (date ? toMs : nowMs) - days * DAY_MS };
}

/**
 * Requests in progress show with `pending` only, even when `status=?` asks for them: the documents
 * make `pending` the one door to them (whether status=? opens it too is open). Two flags have another,
 * probably older, name in the registrar's own panel.
 */
function matcher(params: Params): ResultListQuery['matches'] {
  const withPending = isOn(params, 'pending', 'showpending');
  const withDeleted = isOn(params, 'showall', 'showdeleted');
  const asked = params.get('status')?.toLowerCase();
  const status = asked === 'pending' ? IN_PROGRESS : asked;
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
