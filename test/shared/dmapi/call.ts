import { inspect } from 'node:util';
import { expect } from '@jest/globals';
import { createClient } from '../../../shared/dmapi/client.ts';
import type { Deadline } from '../../../shared/dmapi/deadline.ts';
import { DmapiError } from '../../../shared/dmapi/error.ts';
import type { Reply } from '../../../shared/dmapi/reply.ts';
import { farAway } from '../../time.ts';

/** In every request that `call` makes, and never in what comes of it. */
export const SECRET = 'canary-auth-sid-0000000000000001';

export interface CallOptions {
  readonly repeatable?: boolean;
  /** @default one that nothing misses */
  readonly deadline?: Deadline;
  readonly params?: Readonly<Record<string, string>>;
}

/** Sends one request: with `repeatable` one that only reads. */
export function call(endpoint: URL, options: CallOptions = {}): Promise<Reply> {
  const { repeatable = true, deadline = farAway(), params = {} } = options;
  return createClient(endpoint)(
    {
      name: repeatable ? 'result-list' : 'domain-register',
      params: { ...params, 'auth-sid': SECRET },
      repeatable,
      secrets: { keys: [SECRET], passwords: [] },
    },
    deadline,
  );
}

/** The error of a call that fails, and how long that took. */
export async function failedCall(endpoint: URL, options: CallOptions = {}) {
  const startedAtMs = performance.now();
  const error = await call(endpoint, options).then(
    () => 'a success',
    (reason: unknown) => reason,
  );
  const elapsedMs = performance.now() - startedAtMs;
  if (!(error instanceof DmapiError))
    throw new Error('It did not fail as a call may.', { cause: error });
  expect(inspect(error, { depth: 9 })).not.toContain(SECRET);
  return { error, kind: error.kind, elapsedMs };
}
