import { expect, test } from '@jest/globals';
import { createRequestLog } from '../../../../../infra/local/registrar/http/request-log.ts';
import type { SentRequest } from '../../../../../infra/local/registrar/http-request.ts';

function sent(name: string): SentRequest {
  return {
    name,
    params: new Map(),
    method: 'POST',
    headers: {},
    atMs: 0,
  };
}

test('the log keeps the last requests and counts every login', () => {
  const log = createRequestLog(3);
  for (const name of ['login', 'a', 'login', 'b', 'c']) log.record(sent(name));
  expect(log.requests.map(({ name }) => name)).toEqual(['login', 'b', 'c']);
  expect(log.logins()).toBe(2);
});
