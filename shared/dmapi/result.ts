import { unreadable } from './error.ts';
import { lines, splitField } from './lines.ts';
import { header, type Reply } from './reply.ts';
import { type ResultStatus, readResultStatus } from './result-status.ts';
import { readRows } from './rows.ts';
import { readTimestamp } from './timestamp.ts';

/** One row of result-list: what became of an asynchronous request. */
export interface Result {
  /** `YYYY-MM-DDThh:mm:ss`, with a zone only if the registrar wrote one. */
  readonly timestamp: string;
  readonly svTrId: string;
  readonly procId: string;
  /** A DMAPI request name, or a web order such as `create-com-order`. */
  readonly requestType: string;
  readonly requestObject: string;
  readonly status: ResultStatus;
  /** The caller's own id, null where none was given. */
  readonly clTrId: string | null;
}

type Field = keyof Result;

/** In characters, far over what is known to occur: what keeps or passes on a result has its limits. */
const MAX_CELL_LENGTH = 1000;
const MAX_ID_LENGTH = 200;

/** The order of the columns where the reply does not name them; Joker's own programs rely on it. */
const DOCUMENTED: readonly Field[] = [
  'timestamp',
  'svTrId',
  'procId',
  'requestType',
  'requestObject',
  'status',
  'clTrId',
];

/** Names a `Columns` header may use, without case and punctuation: the real ones are not known. */
const FIELD_BY_NAME: ReadonlyMap<string, Field> = new Map([
  ['timestamp', 'timestamp'],
  ['svtrid', 'svTrId'],
  ['trackingid', 'svTrId'],
  ['procid', 'procId'],
  ['requesttype', 'requestType'],
  ['rtype', 'requestType'],
  ['requestobject', 'requestObject'],
  ['objid', 'requestObject'],
  ['status', 'status'],
  ['cltrid', 'clTrId'],
]);

/**
 * The typed rows of a result-list reply, in the order they came.
 *
 * @throws DmapiError `unreadable-reply` when a row or the columns cannot be understood.
 */
export function readResults(reply: Reply): Result[] {
  const { columns, rows } = readRows(reply, DOCUMENTED.length);
  const order = columns ? orderByName(columns) : DOCUMENTED;
  const at = Object.fromEntries(DOCUMENTED.map((field) => [field, order.indexOf(field)]));
  const results: Result[] = [];
  for (const cells of rows) results.push(readResult(cells, at as Record<Field, number>));
  return results;
}

/**
 * How many results there are: the `Row-Count` header, or the documented line `Records: N`, which
 * may stand among the headers where the blank line is missing. `undefined` where there is neither.
 */
export function readCount(reply: Reply): number | undefined {
  const [firstLine = ''] = lines(reply.body);
  const [name, records] = splitField(firstLine) ?? [];
  const inBody = name?.toLowerCase() === 'records' ? records : undefined;
  const counts = [header(reply, 'Row-Count'), inBody, header(reply, 'Records')];
  const count = counts.find((text) => /^ *\d{1,15} *$/.test(text ?? ''));
  return count === undefined ? undefined : Number(count);
}

function readResult(cells: readonly string[], at: Readonly<Record<Field, number>>): Result {
  const svTrId = cells[at.svTrId] ?? '';
  const status = cells[at.status] ?? '';
  if (svTrId === '' || status === '') throw unreadable('a result row is incomplete');
  if (svTrId.length > MAX_ID_LENGTH || cells.some(isTooLong)) {
    throw unreadable('a result row is too long');
  }
  const clTrId = cells[at.clTrId] ?? '';
  return {
    timestamp: readTimestamp(cells[at.timestamp] ?? ''),
    svTrId,
    procId: cells[at.procId] ?? '',
    requestType: cells[at.requestType] ?? '',
    requestObject: cells[at.requestObject] ?? '',
    status: readResultStatus(status),
    clTrId: clTrId === '' || clTrId === '-' ? null : clTrId,
  };
}

function isTooLong(cell: string): boolean {
  return cell.length > MAX_CELL_LENGTH;
}

/** By name where every needed name is known; else by position, if no known name contradicts it. */
function orderByName(columns: readonly string[]): readonly (Field | undefined)[] {
  const fields = columns.map((name) =>
    FIELD_BY_NAME.get(name.toLowerCase().replace(/[^a-z]/g, '')),
  );
  if (DOCUMENTED.every((field) => field === 'clTrId' || fields.includes(field))) return fields;
  const agree = fields.every((field, i) => field === undefined || field === DOCUMENTED[i]);
  if (!agree || columns.length !== DOCUMENTED.length) {
    throw unreadable('the columns of the result list are not known');
  }
  return DOCUMENTED;
}
