import { describe, expect, test } from '@jest/globals';
import type { Action } from '../../../shared/action.ts';
import { action as login } from '../../../shared/actions/login.ts';
import { action as logout } from '../../../shared/actions/logout.ts';
import { action as queryProfile } from '../../../shared/actions/query-profile.ts';
import { action as resultDelete } from '../../../shared/actions/result-delete.ts';
import { action as resultList } from '../../../shared/actions/result-list.ts';
import { action as resultRetrieve } from '../../../shared/actions/result-retrieve.ts';
import type { ApiEvent } from '../../../shared/http/api-event.ts';
import { captureLog } from '../../captured-log.ts';
import { stubRegistrar } from '../../stub-registrar.ts';
import { API_KEY, AUTH_SID, answer, COOKIE, invoke, loginAnswer, openSession } from './serving.ts';

const log = captureLog();

const PASSWORD = 'canary-password-$&-ü';
const SECRETS = [API_KEY, AUTH_SID, COOKIE, PASSWORD, 'dmapi-auth'];
const ECHO = `${AUTH_SID} ${API_KEY} ${PASSWORD}`;

/** A registrar's words with the secrets in every place that a reply has. */
const echo = (statusCode: number, body = `message: ${ECHO}\n\n${ECHO}\n`) =>
  `Status-Code: ${statusCode}\nStatus-Text: ${ECHO}\nWarning: ${ECHO}\nStats-last-error: ${ECHO}\nUID: ${AUTH_SID}\nTracking-Id: ${API_KEY}\nAuth-Sid: ${AUTH_SID}\n\n${body}`;

const REFERENCE = { procId: '7' };
const ROW = `20240617124449 ${AUTH_SID} 7 domain-renew example.net ack ${ECHO}`;

const CALLS: [Action, ApiEvent, string][] = [
  [login as Action, {}, `${ECHO}\n`],
  [logout as Action, {}, ECHO],
  [queryProfile as Action, {}, `url: ${ECHO}\n${AUTH_SID}: x\n`],
  [resultDelete as Action, { body: JSON.stringify(REFERENCE) }, ECHO],
  [resultList as Action, {}, ROW],
  [resultRetrieve as Action, { queryStringParameters: REFERENCE }, `x: ${ECHO}\n\n${ECHO}`],
];

const NAMED = CALLS.map(([action, event, body]) => [action.name, action, event, body] as const);

describe.each([
  ['an API key', API_KEY, { apiKey: API_KEY }],
  ['a password', PASSWORD, { username: 'reseller@example.net', password: PASSWORD }],
])('with %s as the secret, no secret leaves the bundle,', (_what, secret, credentials) => {
  /** Calls an action twice, the second time within the session, and returns all that leaves us. */
  async function leaving(action: Action, event: ApiEvent, text: string, status?: number) {
    const other = secret === API_KEY ? PASSWORD : API_KEY;
    const registrar = await stubRegistrar(
      loginAnswer(),
      answer(text.replaceAll(other, ''), status),
    );
    const session = openSession(registrar.endpoint, async () => credentials);
    const options = { session: () => session };
    const results = [await invoke(action, event, options), await invoke(action, event, options)];
    return { left: JSON.stringify(results) + log.text(), results, requests: registrar.requests };
  }

  function expectNoSecret(left: string, secrets = SECRETS) {
    const found = secrets.filter((it) => left.includes(it));
    expect(found).toEqual([]);
  }

  test.each(NAMED)('in a reply of %s', async (_name, action, event, body) => {
    const { left } = await leaving(action, event, echo(0, body));
    // Data is never changed for a password, which would tell what it is.
    expectNoSecret(
      left,
      SECRETS.filter((it) => it !== PASSWORD),
    );
    expectNoSecret(log.text());
  });

  test.each(NAMED)('in a refusal of %s', async (_name, action, event) => {
    for (const [code, status] of [
      [2303, 404],
      [2005, 200],
      [2201, 403],
      [2200, 401],
    ] as const) {
      expectNoSecret((await leaving(action, event, `Error: ${ECHO}\n${echo(code)}`, status)).left);
    }
  });

  test('in what cannot be read', async () => {
    for (const text of [ECHO, `<p>${ECHO}</p>`, `Status-Code: ${AUTH_SID}\n\n`]) {
      const { left, results } = await leaving(queryProfile as Action, {}, text);
      expect(results[0]?.statusCode).toBe(502);
      expectNoSecret(left);
    }
  });

  test('though they go to the registrar, each in its own request', async () => {
    const { requests } = await leaving(queryProfile as Action, {}, echo(2005));
    const [first, second] = requests.map(({ body }) => new URLSearchParams(body));
    expect([...(first?.values() ?? [])]).toContain(secret);
    expect(first?.has('auth-sid')).toBe(false);
    expect([...(second ?? [])]).toEqual([['auth-sid', AUTH_SID]]);
  });
});

describe('a password that is a word', () => {
  const READ = { username: 'reseller', password: 'football' };

  async function told(text: string, status?: number) {
    const registrar = await stubRegistrar(loginAnswer(), answer(text, status));
    const session = openSession(registrar.endpoint, async () => READ);
    const { body } = await invoke(resultList, {}, { session: () => session });
    return JSON.parse(body);
  }

  test('changes no data, which would tell what it is', async () => {
    const row = '20240617124449 football1 7 domain-register football-tickets.example ack football';
    expect((await told(`Status-Code: 0\n\n${row}\n`)).results).toMatchObject([
      { svTrId: 'football1', requestObject: 'football-tickets.example', clTrId: 'football' },
    ]);
  });

  test('is blanked out of what the registrar says, but for the names in it', async () => {
    const text =
      'Status-Code: 2400\nStatus-Text: wrong: football\nError: football-tickets.example: not "football"\n\n';
    expect((await told(text)).dmapi).toMatchObject({
      statusText: 'wrong: [redacted]',
      errors: ['football-tickets.example: not "[redacted]"'],
    });
  });
});
