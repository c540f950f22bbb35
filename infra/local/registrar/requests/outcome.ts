/** One header line of a reply: its name in the registrar's casing, and its value. */
export type ReplyHeader = readonly [name: string, value: string];

/** What a request came to, before the headers every reply carries are put around it. */
export interface Outcome {
  readonly statusCode: number;
  readonly statusText: string;
  readonly httpStatus: number;
  readonly errors: readonly string[];
  readonly headers: readonly ReplyHeader[];
  readonly body: string;
}

/**
 * Of error replies one is known word for word: 2400 for a malformed parameter. Every other refusal
 * that programs know of has a code of EPP (RFC 5730), save for a -401 until 2017, and the recorded
 * text of success is EPP's as well. The other codes and texts here are therefore taken from there.
 */
const REFUSALS = {
  2000: 'Unknown command',
  2003: 'Required parameter missing',
  2104: 'Billing failure',
  2200: 'Authentication error',
  2201: 'Authorization error',
  2302: 'Object exists',
  2303: 'Object does not exist',
  2304: 'Object status prohibits operation',
  2306: 'Parameter value policy error',
  2400: 'Command failed',
} as const;

/** Success, status 0 in the recorded words, with these further headers and this body. */
export function done(body = '', headers: readonly ReplyHeader[] = []): Outcome {
  return {
    statusCode: 0,
    statusText: 'Command completed successfully',
    httpStatus: 200,
    errors: [],
    headers,
    body,
  };
}

/** Success as the newer requests tell it: 1000. */
export function doneByEpp(body = '', headers: readonly ReplyHeader[] = []): Outcome {
  return { ...done(body, headers), statusCode: 1000 };
}

/** Whether it is a success. */
export function isDone({ statusCode }: Outcome): boolean {
  return statusCode < 2000;
}

/** A refusal with one Error line a reason. */
export function refused(code: keyof typeof REFUSALS, errors: readonly string[]): Outcome {
  return {
    ...done(),
    statusCode: code,
    statusText: REFUSALS[code],
    errors,
  };
}

/** No session, or one that has ended: the only refusal known to come with HTTP 401. */
export function sessionRefused(): Outcome {
  return {
    ...refused(2200, ['Session is invalid or has expired']),
    httpStatus: 401,
  };
}

/** Refuses a request that lacks parameters, one Error line each. */
export function missing(parameters: readonly string[]): Outcome {
  return refused(
    2003,
    parameters.map((name) => `Required parameter missing: ${name}`),
  );
}

/** Refuses values in the words that were seen live in 2026. */
export function malformed(
  parameters: readonly { readonly name: string; readonly expected: string }[],
): Outcome {
  return refused(
    2400,
    parameters.map(({ name, expected }) => `Parameter ${name}: expected: ${expected}`),
  );
}

/** Refuses a request about what is not there. */
export function unknown(what: string): Outcome {
  return refused(2303, [`${what} does not exist`]);
}
