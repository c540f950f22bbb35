import { COLUMNS, type Column, type Expected } from './matrix.ts';

/** The answers of a function, as README.md lists them; `OK` is that of the action. */
export const OK = 'ok';
export const UNAVAILABLE = '503 unavailable';
export const TIMEOUT = '504 timeout';
export const UNREADABLE = '502 unreadable-reply';
export const REJECTED = '502 credentials-rejected';
export const REFUSED = '422 refused';
export const INTERNAL = '500 internal';

/** What a caller is told to wait, where the registrar does not say. */
const RETRY_AFTER = '5';

/** How a run ends. */
export const COMPLETED: Expected = { answer: 'completed' };
export const UNFINISHED: Expected = {
  answer: 'unfinished',
  reason: /^The time of this run is used up\.$/,
};
export const DEFECT: Expected = { answer: 'thrown AccessDeniedException' };

export function failed(reason: RegExp): Expected {
  return { answer: 'failed', reason };
}

/** The answer of a function; `more` is what else is known of it. */
export function answered(answer: string, more: Omit<Expected, 'answer'> = {}): Expected {
  return answer === UNAVAILABLE
    ? { answer, retryAfter: RETRY_AFTER, ...more }
    : { answer, ...more, retryAfter: '' };
}

/** The same in all columns: a function's answer, and the end of a run. */
export function everywhere(call: Expected, run: Expected): Record<Column, Expected> {
  const row = COLUMNS.map((name) => [name, name === 'reconciler' ? run : inColumn(call, name)]);
  return Object.fromEntries(row);
}

/** Tells the answer of an action by its status: 204 where there is nothing to tell. */
export function inColumn(call: Expected, column: Column): Expected {
  if (call.answer !== OK) return call;
  return { ...call, answer: column === 'logout' ? '204' : '200' };
}
