import type { AwsFault } from '../../infra/local/aws/service.ts';
import type { Fault } from '../../infra/local/registrar/faults.ts';

/** The functions, by their action, and the reconciler. */
export const COLUMNS = [
  'login',
  'logout',
  'query-profile',
  'result-list',
  'result-retrieve',
  'result-delete',
  'reconciler',
] as const;

export type Column = (typeof COLUMNS)[number];
export type FunctionName = Exclude<Column, 'reconciler'>;

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

/** One fault, and what each function makes of it; those that it cannot meet are left out. */
export interface Row {
  readonly group: string;
  readonly name: string;
  readonly strike: Strike;
  /** Whether it strikes an execution environment that has no session yet. */
  readonly isCold: boolean;
  readonly time: Time;
  /** Whether a run has so much to read that it asks for an old result by its id. @default false */
  readonly isDeep?: boolean;
  readonly expected: Readonly<Partial<Record<Column, Expected>>>;
}

/** One column of one row. */
export interface Cell {
  readonly name: string;
  readonly row: Row;
  readonly column: Column;
  readonly expected: Expected;
}

/**
 * The time of a call: `full` is what a deployed function has; `short` is for faults that use it up, so
 * that nobody has to wait.
 */
export type Time = 'full' | 'short';

/** The cells of these rows, such as `result-delete › reset at the request, once`. */
export function cellsOf(rows: readonly Row[]): Cell[] {
  return rows.flatMap((row) =>
    COLUMNS.flatMap((column) => {
      const expected = row.expected[column];
      return expected ? [{ name: `${column} › ${row.name}`, row, column, expected }] : [];
    }),
  );
}
