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
 * No error reply of the registrar was ever recorded. Every refusal that programs know of has a code
 * of EPP (RFC 5730), save for a -401 until 2017; the recorded text of success is EPP's as well. The
 * other codes and all texts here are therefore taken from there.
 */
const REFUSALS = {
  2000: 'Unknown command',
  2003: 'Required parameter missing',
  2005: 'Parameter value syntax error',
  2200: 'Authentication error',
  2201: 'Authorization error',
  2303: 'Object does not exist',
  2304: 'Object status prohibits operation',
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
