import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Action } from '../../../shared/action.ts';
import { action as contactCreate, example } from '../../../shared/actions/contact-create.ts';
import { action as domainLock } from '../../../shared/actions/domain-lock.ts';
import { AwsUnavailableError } from '../../../shared/failure.ts';
import { createOrders } from '../../../shared/orders/orders.ts';
import type { Session } from '../../../shared/session/session.ts';
import { captureLog } from '../../captured-log.ts';
import { asking, type Loose, toEvent } from '../../functions/bad-request.ts';
import { type Answer, stubRegistrar } from '../../stub-registrar.ts';
import { deadlineAtWill, farAway } from '../../time.ts';
import { invoke, loginAnswer, openSession } from './serving.ts';

captureLog();

const INPUT = { domain: 'shop.example' };
const ACCEPTED: Answer = { text: 'Status-Code: 0\nTracking-Id: 01da7\nProc-ID: 7\n\n' };
const PENDING: Answer = { text: 'Status-Code: 0\n\nCompletion-Status: ?\n' };
const ACK: Answer = {
  text: 'Status-Code: 0\n\nCompletion-Status: ack\nObject-Name: shop.example\n\nlocked\n',
};
const BODY = {
  status: 'pending',
  requestType: 'domain-lock',
  requestObject: 'shop.example',
  svTrId: '01da7',
  procId: '7',
  clTrId: null,
};
const PATH = { requestContext: { requestId: 'r', path: '/v1/domain-lock' } };

/** What the function answers where the registrar answers so, after its login. */
async function answered(script: readonly Answer[], event: Loose, deadline = farAway()) {
  return await answeredBy(domainLock as Action, INPUT, script, event, deadline);
}

async function answeredBy(
  action: Action,
  input: Loose,
  script: readonly Answer[],
  event: Loose,
  deadline = farAway(),
) {
  const registrar = await stubRegistrar(loginAnswer(), ...script);
  const session = openSession(registrar.endpoint);
  const given = toEvent({ headers: {}, ...asking(action, input), ...event });
  const { statusCode, headers, body } = await invoke(action, given, {
    session: () => session,
    orders: async () => unnoted(session),
    newDeadline: () => deadline,
  });
  const asked = registrar.requests.map(({ path }) => path?.replace('/request/', ''));
  return { statusCode, headers, body: JSON.parse(body), asked };
}

/** Orders without a table to note them in: what was accepted is answered all the same. */
function unnoted(session: Session) {
  return createOrders({
    session,
    openTable() {
      throw new AwsUnavailableError('Amazon DynamoDB cannot serve now.');
    },
    maxOrderPrice: undefined,
    wake: async () => {},
    now: Date.now,
    newClaim: randomUUID,
  });
}

const prefer = (value: string) => ({ ...PATH, headers: { prefer: value } });
const JSON_HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' };

describe('accepted is 202, with the place of its result', () => {
  test.each([
    ['/v1/domain-lock', '/v1/result-retrieve?svTrId=01da7'],
    ['/domain-lock', '/result-retrieve?svTrId=01da7'],
    ['/joker/eu/domain-lock', '/joker/eu/result-retrieve?svTrId=01da7'],
    ['/v1/domain-lock/', '/v1/result-retrieve?svTrId=01da7'],
    ['/$&/domain-lock', '/$&/result-retrieve?svTrId=01da7'],
  ])('under %s at %s', async (path, location) => {
    const event = { requestContext: { requestId: 'r', path } };
    expect(await answered([ACCEPTED], event)).toEqual({
      statusCode: 202,
      headers: { ...JSON_HEADERS, location },
      body: BODY,
      asked: ['login', 'domain-lock'],
    });
  });

  test.each([
    ['Proc-ID: 7', '/v1/result-retrieve?procId=7', null, '7'],
    ['Proc-ID: 7&a=b $&', '/v1/result-retrieve?procId=7%26a%3Db%20%24%26', null, '7&a=b $&'],
    ['Version: 1', undefined, null, null],
  ])('by the id that there is: %s', async (header, location, svTrId, procId) => {
    const text = `Status-Code: 0\n${header}\n\n`;
    const { statusCode, headers, body } = await answered([{ text }], PATH);
    expect([statusCode, headers?.location]).toEqual([202, location]);
    expect(body).toEqual({ ...BODY, svTrId, procId });
  });

  test.each([undefined, null, 7, {}])('and none where the path is %j', async (path) => {
    const { statusCode, headers } = await answered([ACCEPTED], {
      requestContext: { requestId: 'r', path },
    });
    expect([statusCode, headers]).toEqual([202, JSON_HEADERS]);
  });

  test('and null for its object where it names none', async () => {
    const { input } = example();
    const action = contactCreate as Action;
    const { statusCode, body } = await answeredBy(action, input, [ACCEPTED], PATH);
    expect(statusCode).toBe(202);
    expect(body).toEqual({ ...BODY, requestType: 'contact-create', requestObject: null });
  });
});

describe('with Prefer: wait', () => {
  test('settled is 200, with what came of it', async () => {
    expect(await answered([ACCEPTED, PENDING, ACK], prefer('wait=5'))).toEqual({
      statusCode: 200,
      headers: { ...JSON_HEADERS, 'preference-applied': 'wait' },
      body: { ...BODY, status: 'ack', objectName: 'shop.example', fields: {}, content: 'locked' },
      asked: ['login', 'domain-lock', 'result-retrieve', 'result-retrieve'],
    });
  });

  test('not settled is the 202, with no word of the preference', async () => {
    const { statusCode, headers, asked } = await answered([ACCEPTED, PENDING], prefer('wait=1'));
    expect(statusCode).toBe(202);
    expect(headers).not.toHaveProperty('preference-applied');
    expect(asked).toEqual(['login', 'domain-lock', 'result-retrieve']);
  });

  test.each(['wait=0', 'wait=x', 'respond-async', 'wait=-1', 'respond-async; wait=9'])(
    'that asks for no wait, %s, nothing is waited for',
    async (value) => {
      const { statusCode, asked } = await answered([ACCEPTED], prefer(value));
      expect([statusCode, asked]).toEqual([202, ['login', 'domain-lock']]);
    },
  );

  test('the call is answered in time, whatever the registrar does', async () => {
    const outages: Answer[] = [
      () => {},
      (response) => response.destroy(),
      { status: 503, text: '' },
      { status: 500, text: '<p>' },
      { text: '\u0000' },
      { status: 401, text: 'Status-Code: 2200\n\n' },
    ];
    const answers = await Promise.all(
      outages.map((outage) => {
        // Of the three seconds none is used up before the request is accepted.
        let acceptedAtMs: number | undefined;
        const accepted: Answer = (response) => {
          acceptedAtMs = performance.now();
          response.end(String(Object(ACCEPTED).text));
        };
        const remainingMs = () =>
          Math.max(0, 3000 - (performance.now() - (acceptedAtMs ?? performance.now())));
        const deadline = { ...farAway(), remainingMs };
        return answered([accepted, outage], prefer('wait=20'), deadline);
      }),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(outages.map(() => 202));
    for (const { asked } of answers) expect(asked.length).toBeLessThan(12);
  });

  test('an acceptance at the last moment is one', async () => {
    // Less than what is kept for the answer is left.
    const { statusCode, asked } = await answered(
      [ACCEPTED],
      prefer('wait=20'),
      deadlineAtWill(300),
    );
    expect([statusCode, asked]).toEqual([202, ['login', 'domain-lock']]);
  });

  test('a result too large to be passed on does not undo it', async () => {
    const large = { text: `Status-Code: 0\n\nCompletion-Status: ack\n\n${'"'.repeat(3_500_000)}` };
    const { statusCode, body } = await answered([ACCEPTED, large], prefer('wait=1'));
    expect([statusCode, body]).toEqual([202, BODY]);
  });

  test('refused stays refused', async () => {
    const refusal = { text: 'Status-Code: 2304\nError: it is locked\n\n' };
    const { statusCode, asked } = await answered([refusal], prefer('wait=5'));
    expect([statusCode, asked]).toEqual([422, ['login', 'domain-lock']]);
  });
});

describe('the header Prefer', () => {
  test.each([
    [{ multiValueHeaders: { Prefer: ['wait=1', 'wait=2'] } }],
    [{ multiValueHeaders: { Prefer: ['wait=1', 'wait=1'] } }],
    [{ multiValueHeaders: { Prefer: ['wait=1'], prefer: ['respond-async'] } }],
    [{ headers: { Prefer: 'wait=1', PREFER: 'wait=2' } }],
  ])('given twice is refused, and nothing sent: %j', async (event) => {
    const { statusCode, body, asked } = await answered([ACCEPTED], { ...PATH, ...event });
    expect([statusCode, body.field, asked]).toEqual([400, 'Prefer', []]);
  });

  test.each([
    [{ headers: { PREFER: 'wait=9' } }],
    [{ multiValueHeaders: { pReFeR: ['wait=9'] } }],
    [{ headers: { prefer: 'wait=9' }, multiValueHeaders: { prefer: ['wait=9'] } }],
    [{ headers: { prefer: 'wait=9' }, multiValueHeaders: null }],
  ])('counts in any case, wherever it stands: %j', async (event) => {
    const { statusCode } = await answered([ACCEPTED, ACK], { ...PATH, ...event });
    expect(statusCode).toBe(200);
  });

  test.each([
    [{ headers: null }],
    [{ headers: 'prefer' }],
    [{ headers: { prefer: 7 } }],
    [{ headers: [] }],
  ])('is none where it is no text: %j', async (event) => {
    const { statusCode } = await answered([ACCEPTED], { ...PATH, ...event });
    expect(statusCode).toBe(202);
  });
});
