import type { Dialect } from '../dialect.ts';
import { done, type Outcome, type ReplyHeader } from '../requests/outcome.ts';
import type { Asked, ImmediateRequest } from '../requests/request.ts';
import { IN_PROGRESS, type Result } from '../result.ts';
import { writeTimestamp } from '../time/timestamp.ts';
import { listedResult } from './listed-result.ts';
import {
  RESULT_LIST_RULES,
  type ResultListQuery,
  readResultListQuery,
} from './result-list-query.ts';
import type { Results } from './results.ts';

/** Positions are certain; what the live service calls its columns is not. */
const COLUMNS = 'timestamp,svtrid,proc-id,request-type,request-object,status,cltrid';

/**
 * result-list. Like the recorded lists its last row has no line end. A count is the total of what
 * matches, whatever offset and limit say (open).
 */
export function resultList(results: Results, dialect: Dialect): ImmediateRequest {
  return {
    name: 'result-list',
    access: 'read',
    tracked: false,
    optional: RESULT_LIST_RULES,
    answer: (asked) => list(asked, results, dialect),
  };
}

function list({ params, atMs }: Asked, results: Results, dialect: Dialect): Outcome {
  const query = readResultListQuery(params, atMs);
  const { rows, total } = readPage(results, query, dialect);
  if (query.countOnly) return done(`Records: ${total}`, [['Row-Count', String(total)]]);
  const rowCount = dialect.rowCount === 'total' ? total : rows.length;
  return done(rows.map((row) => writeRow(row, dialect)).join('\n'), [
    ['Row-Count', String(rowCount)],
    ...listHeaders(dialect),
  ]);
}

/**
 * The page asked for, and how many match in all. Where nobody asks for the total it stops with the
 * page, so that reading a long list page by page stays cheap.
 */
function readPage(results: Results, query: ResultListQuery, dialect: Dialect) {
  const { offset, limit, matches, countOnly } = query;
  const inWindow = results.between(query.fromMs, query.toMs);
  const newestFirst = dialect.order === 'newest-first';
  const needsTotal = countOnly || dialect.rowCount === 'total';
  const rows: Result[] = [];
  let total = 0;
  for (let walked = 0; walked < inWindow.length; walked += 1) {
    if (rows.length >= limit && !needsTotal) break;
    const kept = inWindow[newestFirst ? inWindow.length - 1 - walked : walked] as Result;
    if (isHiddenYet(kept, query.nowMs, dialect)) continue;
    const result = listedResult(kept, dialect);
    if (!matches(result)) continue;
    if (total >= offset && rows.length < limit) rows.push(result);
    total += 1;
  }
  return { rows, total };
}

/** What a test dates ahead of the clock is listed all the same. */
function isHiddenYet({ atMs }: Result, nowMs: number, { listedAfterMs }: Dialect): boolean {
  return listedAfterMs > 0 && atMs > nowMs - listedAfterMs;
}

function writeRow(result: Result, dialect: Dialect): string {
  return [
    writeTimestamp(result.atMs, dialect.timestamps),
    result.svTrId,
    result.procId,
    result.requestType,
    result.requestObject,
    result.status === IN_PROGRESS ? dialect.pendingWord : result.status,
    result.clTrId,
  ].join(dialect.separator === 'tab' ? '\t' : ' ');
}

/** The separator by its word: the registrar's own programs compare with TAB. */
function listHeaders(dialect: Dialect): readonly ReplyHeader[] {
  return [
    ...(dialect.columns ? [['Columns', COLUMNS] as const] : []),
    ...(dialect.separator === 'tab' ? [['Separator', 'TAB'] as const] : []),
  ];
}
