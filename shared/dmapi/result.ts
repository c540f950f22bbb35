import { unreadable } from './error.ts';
import { lines, splitField } from './lines.ts';
import { type List, readList } from './list.ts';
import { header, type Reply } from './reply.ts';
import { type ResultStatus, readResultStatus } from './result-status.ts';
import { readRows } from './rows.ts';
import { readTimestamp } from './timestamp.ts';

/** One row of result-list: what became of an asynchronous request. */
export interface Result {
  /** `YYYY-MM-DDThh:mm:ss`, with a zone only if the registrar wrote one. */
  readonly timestamp: string;
  /** The registrar's id of the request; empty or `-` where the row has none. */
  readonly svTrId: string;
  readonly procId: string;
  /** A DMAPI request name, or a web order such as `create-com-order`. */
  readonly requestType: string;
  /** Null where the row names none. */
  readonly requestObject: string | null;
  readonly status: ResultStatus;
  /** The caller's own id, null where none was given. */
  readonly clTrId: string | null;
}

type Field = keyof Result;
type Order = readonly (Field | undefined)[];

/** In characters, far over what is known to occur: what keeps or passes on a result has its limits. */
const MAX_CELL_LENGTH = 1000;
const MAX_ID_LENGTH = 200;
const MAX_PROC_ID_LENGTH = 100;

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

/** The owner's document gives the row once without its object. The client's id was always optional. */
const WITHOUT_OBJECT = DOCUMENTED.filter((field) => field !== 'requestObject');
const WITHOUT_CLIENT_ID = DOCUMENTED.filter((field) => field !== 'clTrId');

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
 * @throws DmapiError `unreadable-reply` when the columns cannot be understood.
 */
export function readResults(reply: Reply): List<Result> {
  const { columns, rows } = readRows(reply, DOCUMENTED.length);
  const order = columns ? orderByName(columns) : DOCUMENTED;
  const at = positions(order);
  const isWhole = !reply.body.includes(REPLACED);
  return readList(rows, (cells) => {
    const lacks = order === DOCUMENTED && lacksObject(cells);
    const its = lacks ? withoutObject(cells) : cells;
    const places = lacks ? AT_WITHOUT_OBJECT : at;
    if (!isWhole && isSpoilt(its, places)) return 'it is not UTF-8 text';
    return readResult(its, places);
  });
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

type Positions = Readonly<Record<Field, number>>;

function positions(order: Order): Positions {
  const at = DOCUMENTED.map((field) => [field, order.indexOf(field)] as const);
  return Object.fromEntries(at) as Record<Field, number>;
}

const AT_WITHOUT_OBJECT = positions(WITHOUT_OBJECT);

/**
 * Whether a row in the documented order is one without its object: a status stands where the object
 * would, and none where the status would. Nothing that DMAPI deals in is called `ack` or `?`.
 */
function lacksObject(cells: readonly string[]): boolean {
  const [object, status, rest] = [cells[4] ?? '', cells[5] ?? '', cells[6] ?? ''];
  if (readResultStatus(status) !== 'unknown') return false;
  // A dash is no status but the client's id, and its place says what the other one is.
  return readResultStatus(object) !== 'unknown' || (status === '-' && rest === '');
}

/** The client's id, which can hold blanks, has been split as if it were two cells. */
function withoutObject(cells: readonly string[]): string[] {
  return [...cells.slice(0, 5), cells.slice(5).filter(Boolean).join(' ')];
}

/** @returns what is wrong with the row where it cannot be read */
function readResult(cells: readonly string[], at: Positions): Result | string {
  const cell = (field: Field) => cells[at[field]] ?? '';
  const [svTrId, procId, status] = [cell('svTrId'), cell('procId'), cell('status')];
  const requestType = cell('requestType');
  if ((isNone(svTrId) && isNone(procId)) || status === '') return 'it is incomplete';
  if (
    svTrId.length > MAX_ID_LENGTH ||
    procId.length > MAX_PROC_ID_LENGTH ||
    cells.some(isTooLong)
  ) {
    return 'it is too long';
  }
  const timestamp = readTimestamp(cell('timestamp'));
  if (timestamp === undefined) return 'its timestamp cannot be read';
  const [requestObject, clTrId] = [cell('requestObject'), cell('clTrId')];
  return {
    timestamp,
    svTrId,
    procId,
    requestType,
    requestObject: isNone(requestObject) ? null : requestObject,
    status: readResultStatus(status),
    clTrId: isNone(clTrId) ? null : clTrId,
  };
}

/** What a byte that is not UTF-8 has become. */
const REPLACED = '\ufffd';

/** What a result is known by, and what it has come to, must be what the registrar has written. */
function isSpoilt(cells: readonly string[], at: Positions): boolean {
  const must = [at.svTrId, at.procId, at.requestType, at.status];
  return must.some((place) => cells[place]?.includes(REPLACED));
}

function isNone(cell: string): boolean {
  return cell === '' || cell === '-';
}

function isTooLong(cell: string): boolean {
  return cell.length > MAX_CELL_LENGTH;
}

/** By name where every needed name is known; else by position, if no known name contradicts it. */
function orderByName(columns: readonly string[]): Order {
  const fields = columns.map((name) =>
    FIELD_BY_NAME.get(name.toLowerCase().replace(/[^a-z]/g, '')),
  );
  const fits = (order: Order) =>
    order.length === fields.length &&
    fields.every((field, i) => field === undefined || field === order[i]);
  // Six columns of unknown names: each row tells by its status which six they are.
  const [order, other] = [DOCUMENTED, WITHOUT_OBJECT, WITHOUT_CLIENT_ID].filter(fits);
  if (order) return other ? DOCUMENTED : order;
  const isNamed = DOCUMENTED.every((field) => OPTIONAL.has(field) || fields.includes(field));
  if (!isNamed) throw unreadable('the columns of the result list are not known');
  return fields;
}

const OPTIONAL: ReadonlySet<Field> = new Set(['requestObject', 'clTrId']);
