import { type Deadline, deadlineIn } from '../dmapi/deadline.ts';
import { DmapiError } from '../dmapi/error.ts';
import { type List, refuseIllegible } from '../dmapi/list.ts';
import { type Result, readResults } from '../dmapi/result.ts';
import { wireParams } from '../dmapi/wire-params.ts';
import type { Session } from '../session/session.ts';
import { keyOf } from './identity.ts';
import type { Followed } from './ledger-entry.ts';
import { watchUnreadableRows } from './unreadable-rows.ts';

/** A page of a list; paging counts the rows as they came, those that cannot be read included. */
export type Page = List<Result>;

/** The registrar's list of results, deleted ones and those in progress included. */
export interface ResultLists {
  /** A page of all results of the last 90 days, or of so many. */
  page(offset: number, limit: number, days?: number): Promise<Page>;
  /** A page of those in progress, if the registrar honours the filter. */
  pendingPage(offset: number, limit: number): Promise<Page>;
  /**
   * One that is followed, by its id, among those of the last 90 days or of the last year. Several
   * where nothing but a svTrId is known of it, which results can share.
   */
  find(followed: Followed, among: 'recent' | 'year'): Promise<Result[]>;
  /** How many requests were made. */
  readonly requests: number;
  /** How many rows they brought that could be read. */
  readonly rows: number;
  /** How many places of the lists have shown a row that cannot be read. */
  readonly rowsUnreadable: number;
}

/** This run ends here, and the next one carries on. */
export class RunEndsError extends Error {
  override readonly name = 'RunEndsError';
}

/** A registrar that hangs shall not take the whole run with it. */
const REQUEST_BUDGET_MS = 15_000;
const YEAR_DAYS = 365;
/** An id is sent as a pattern, and a strange one could match many. */
const FIND_LIMIT = 20;
const NO_ROWS: Page = { rows: [], unreadable: [], received: 0 };

type Query = Readonly<Record<string, string | number>>;

export interface ResultListsOptions {
  readonly session: Session;
  /** The account that the session is expected to belong to. */
  readonly account: string;
  /** By when the run has to stop reading. */
  readonly deadline: Deadline;
}

/**
 * Reads result-list within a session. Reading throws RunEndsError once the deadline has passed, or
 * when new credentials have led to another account, and before that what `session.send` throws.
 */
export function openResultLists({ session, account, deadline }: ResultListsOptions): ResultLists {
  const unreadableRows = watchUnreadableRows();
  let requests = 0;
  let rows = 0;

  async function list(query: Query): Promise<Page> {
    const remainingMs = deadline.remainingMs();
    if (remainingMs === 0) throw outOfTime();
    const patience = deadlineIn(Math.min(REQUEST_BUDGET_MS, remainingMs));
    requests++;
    try {
      const page = await ask(query, patience);
      if ((await session.account(patience)) !== account) throw otherAccount();
      rows += page.rows.length;
      unreadableRows.note(page, query);
      return page;
    } catch (error) {
      throw deadline.remainingMs() === 0 ? outOfTime() : error;
    }
  }

  async function ask(query: Query, patience: Deadline): Promise<Page> {
    const params = wireParams({ pending: true, showall: true, ...query });
    try {
      return readResults(
        await session.send({ name: 'result-list', access: 'read', params }, patience),
      );
    } catch (error) {
      // Other lists of the registrar answer so when there is nothing to list.
      if (error instanceof DmapiError && error.kind === 'not-found') return NO_ROWS;
      throw error;
    }
  }

  /** Nobody has seen the registrar refuse or grant more than its 90 days: a refusal is no answer. */
  async function listYear(query: Query): Promise<Page> {
    try {
      return await list({ ...query, period: YEAR_DAYS });
    } catch (error) {
      if (error instanceof DmapiError && error.kind === 'refused') return await list(query);
      throw error;
    }
  }

  return {
    async page(offset, limit, days) {
      const page = await list({ offset, limit, ...(days && { period: days }) });
      if (offset === 0) refuseIllegible(page);
      return page;
    },
    pendingPage: (offset, limit) => list({ offset, limit, status: '?' }),
    async find(followed, among) {
      const { svTrId, procId } = followed;
      const query = {
        ...(svTrId ? { svtrid: svTrId } : { procid: procId ?? '' }),
        limit: FIND_LIMIT,
      };
      const page = await (among === 'year' ? listYear(query) : list(query));
      return page.rows.filter((result) => isIt(result, followed));
    },
    get requests() {
      return requests;
    },
    get rows() {
      return rows;
    },
    get rowsUnreadable() {
      return unreadableRows.count;
    },
  };
}

function isIt(result: Result, { svTrId, procId }: Followed): boolean {
  return procId === null ? result.svTrId === svTrId : keyOf(result) === keyOf({ svTrId, procId });
}

function outOfTime(): RunEndsError {
  return new RunEndsError('The time of this run is used up.');
}

function otherAccount(): RunEndsError {
  return new RunEndsError('The credentials have changed and belong to another account.');
}
