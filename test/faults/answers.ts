import type { Expected, Kind } from './matrix.ts';

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

/** The same for all kinds: a function's answer, and the end of a run. */
export function everywhere(call: Expected, run: Expected): Record<Kind, Expected> {
  const of = (kind: Kind) => ofKind(call, kind);
  return {
    login: of('login'),
    logout: of('logout'),
    read: of('read'),
    change: of('change'),
    queued: of('queued'),
    run,
  };
}

/** How functions of a kind say that all is well; of a run, how it ends then. */
export const GOOD_ANSWERS: Readonly<Record<Kind, string>> = {
  login: '200',
  logout: '204',
  read: '200',
  change: '200',
  queued: '202',
  run: 'completed',
};

/** Tells the answer of an action by its status. */
export function ofKind(call: Expected, kind: Kind): Expected {
  return call.answer === OK ? { ...call, answer: GOOD_ANSWERS[kind] } : call;
}
