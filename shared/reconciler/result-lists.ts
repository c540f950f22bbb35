import { type Deadline, deadlineIn } from '../dmapi/deadline.ts';
import { DmapiError } from '../dmapi/error.ts';
import { type Result, readResults } from '../dmapi/result.ts';
import { wireParams } from '../dmapi/wire-params.ts';
import type { Session } from '../session/session.ts';

/** The registrar's list of results, deleted ones and those in progress included. */
export interface ResultLists {
  /** A page of all results of the last 90 days, or of so many. */
  page(offset: number, limit: number, days?: number): Promise<Result[]>;
  /** A page of those in progress, if the registrar honours the filter. */
  pendingPage(offset: number, limit: number): Promise<Result[]>;
  /** One result by its tracking id, up to a year old. */
  find(svTrId: string): Promise<Result | undefined>;
  /** How many requests were made. */
  readonly requests: number;
  /** How many rows they brought. */
  readonly rows: number;
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
  let requests = 0;
  let rows = 0;

  async function list(query: Readonly<Record<string, string | number>>): Promise<Result[]> {
    const remainingMs = deadline.remainingMs();
    if (remainingMs === 0) throw outOfTime();
    const patience = deadlineIn(Math.min(REQUEST_BUDGET_MS, remainingMs));
    requests++;
    try {
      const results = await ask(query, patience);
      if ((await session.account(patience)) !== account) throw otherAccount();
      rows += results.length;
      return results;
    } catch (error) {
      throw deadline.remainingMs() === 0 ? outOfTime() : error;
    }
  }

  async function ask(query: Readonly<Record<string, string | number>>, patience: Deadline) {
    const params = wireParams({ pending: true, showall: true, ...query });
    try {
      return readResults(
        await session.send({ name: 'result-list', access: 'read', params }, patience),
      );
    } catch (error) {
      // Other lists of the registrar answer so when there is nothing to list.
      if (error instanceof DmapiError && error.kind === 'not-found') return [];
      throw error;
    }
  }

  /** Nobody has seen the registrar refuse or grant more than its 90 days: a refusal is no answer. */
  async function listYear(svTrId: string): Promise<Result[]> {
    try {
      return await list({ svtrid: svTrId, limit: FIND_LIMIT, period: YEAR_DAYS });
    } catch (error) {
      if (error instanceof DmapiError && error.kind === 'refused') return [];
      throw error;
    }
  }

  async function find(svTrId: string): Promise<Result | undefined> {
    const isIt = (result: Result) => result.svTrId === svTrId;
    const found = (await list({ svtrid: svTrId, limit: FIND_LIMIT })).find(isIt);
    return found ?? (await listYear(svTrId)).find(isIt);
  }

  return {
    page: (offset, limit, days) => list({ offset, limit, ...(days && { period: days }) }),
    pendingPage: (offset, limit) => list({ offset, limit, status: '?' }),
    find,
    get requests() {
      return requests;
    },
    get rows() {
      return rows;
    },
  };
}

function outOfTime(): RunEndsError {
  return new RunEndsError('The time of this run is used up.');
}

function otherAccount(): RunEndsError {
  return new RunEndsError('The credentials have changed and belong to another account.');
}
