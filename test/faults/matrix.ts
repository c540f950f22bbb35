import type { AwsFault } from '../../infra/local/aws/service.ts';
import type { Fault } from '../../infra/local/registrar/faults.ts';

/** What a function does to the account, by which all of it is decided; `run` is the reconciler's. */
export type Kind = 'login' | 'logout' | 'read' | 'change' | 'queued' | 'run';

/** A function, by its action, or the reconciler. */
export interface Column {
  readonly name: string;
  readonly kind: Kind;
  /** Its request, where that is not its name. */
  readonly request?: string;
}

export const RECONCILER: Column = { name: 'reconciler', kind: 'run', request: 'result-list' };

/** Of every kind at least one: what is enough for every test run. */
export const REPRESENTATIVES: readonly Column[] = [
  { name: 'login', kind: 'login' },
  { name: 'logout', kind: 'logout' },
  { name: 'query-profile', kind: 'read' },
  { name: 'result-retrieve', kind: 'read' },
  { name: 'result-delete', kind: 'change' },
  { name: 'domain-modify', kind: 'queued' },
  RECONCILER,
];

/** Which of the calls that come to the place of a fault it meets. */
export interface Aim {
  /** Only so many of them. @default all */
  readonly times?: number;
  /** Lets so many pass first. @default 0 */
  readonly skip?: number;
}

/** What goes wrong, and where: with the registrar, an AWS service, or single entries of PutEvents. */
export type Strike = Aim &
  (
    | { readonly at: 'login' | 'request'; readonly fault: Fault }
    | { readonly at: AwsPlace; readonly how: AwsFault | 'after' }
    | { readonly at: 'entries'; readonly which: Entries }
  );

/** Which events are not accepted. */
export type Entries = 'one' | 'half' | 'all';

/** A service; the two tables of DynamoDB are a place each. */
export type AwsPlace = 'secretsManager' | 'sessions' | 'ledger' | 'eventBridge';

/** What a call comes to, as it is documented. */
export interface Expected {
  /** The status with the problem's type, or the outcome of a run; `thrown` with the error's name. */
  readonly answer: string;
  /** The reason that a run gives. */
  readonly reason?: RegExp;
  /** Of a 503, in seconds. */
  readonly retryAfter?: string;
  /** How often the registrar gets the request that the fault is aimed at. */
  readonly sent?: number;
  /** It waits, as the registrar has asked. @default 0 */
  readonly waitsMs?: number;
}

/** One fault, and what functions of each kind make of it; those that it cannot meet are left out. */
export interface Row {
  readonly group: string;
  readonly name: string;
  readonly strike: Strike;
  /** Whether it strikes an execution environment that has no session yet. */
  readonly isCold: boolean;
  readonly time: Time;
  /** Whether a run has so much to read that it asks for an old result by its id. @default false */
  readonly isDeep?: boolean;
  readonly expected: Readonly<Partial<Record<Kind, Expected>>>;
}

/** One column of one row. */
export interface Cell {
  readonly name: string;
  readonly row: Row;
  readonly column: Column;
  readonly expected: Expected;
}

/**
 * The time of a call from the fault on: `full` is what a deployed function has; `short` is for faults
 * that use it up, so that nobody has to wait.
 */
export type Time = 'full' | 'short';

/** The cells of these rows, such as `result-delete › reset at the request, once`. */
export function cellsOf(
  rows: readonly Row[],
  columns: readonly Column[] = REPRESENTATIVES,
): Cell[] {
  return rows.flatMap((row) =>
    columns.flatMap((column) => {
      const expected = row.expected[column.kind];
      return expected ? [{ name: `${column.name} › ${row.name}`, row, column, expected }] : [];
    }),
  );
}
