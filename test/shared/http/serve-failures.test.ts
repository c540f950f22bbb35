import { describe, expect, test } from '@jest/globals';
import type { Action } from '../../../shared/action.ts';
import { action as login } from '../../../shared/actions/login.ts';
import { action as queryProfile } from '../../../shared/actions/query-profile.ts';
import { action as resultDelete } from '../../../shared/actions/result-delete.ts';
import { type Deadline, deadlineIn } from '../../../shared/dmapi/deadline.ts';
import { AwsUnavailableError } from '../../../shared/failure.ts';
import type { ApiEvent } from '../../../shared/http/api-event.ts';
import type { Session } from '../../../shared/session/session.ts';
import { captureLog } from '../../captured-log.ts';
import { type Answer, deadEndpoint, stubRegistrar } from '../../stub-registrar.ts';
import { deadlineAtWill } from '../../time.ts';
import { fixture } from '../../wire.ts';
import { answer, invoke, loginAnswer, openSession, REQUEST_ID, sessionThat } from './serving.ts';

const log = captureLog();
const PAGE = '<html><body>canary page</body></html>';
const DELETE = { body: '{"procId":"7"}' };

/** What a caller is told where the session is this one. */
async function told(
  session: Session,
  action: Action = queryProfile,
  event: ApiEvent = {},
  deadline: Deadline = deadlineAtWill(5000),
) {
  const newDeadline = () => deadline;
  const result = await invoke(action, event, { session: () => session, newDeadline });
  return { ...result, problem: JSON.parse(result.body) };
}

/** What a caller is told where the registrar logs in and then answers so. */
async function toldAfter(script: Answer, action?: Action, event?: ApiEvent, access?: string) {
  const registrar = await stubRegistrar(loginAnswer(access), script);
  return { ...(await told(openSession(registrar.endpoint), action, event)), registrar };
}

const problem = (type: string, status: number, more: object = {}) => ({
  type: `urn:dmapi:problem:${type}`,
  title: expect.stringMatching(/^[A-Z]/),
  status,
  detail: expect.stringMatching(/^[A-Za-z].*\.$/),
  requestId: REQUEST_ID,
  ...more,
});

const dmapi = (statusCode: number | null, more: object = {}) => ({
  dmapi: { statusCode, statusText: null, errors: [], warnings: [], trackingId: null, ...more },
});

const HEADERS = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' };

test('invalid-input is 400, names the field, and sends nothing to the registrar', async () => {
  const registrar = await stubRegistrar();
  const event = { queryStringParameters: { balance: 'canary' } };
  const it = await told(openSession(registrar.endpoint), queryProfile, event);
  expect(it).toMatchObject({ statusCode: 400, headers: HEADERS });
  expect(it.problem).toStrictEqual(
    problem('invalid-input', 400, {
      detail: 'query-profile has no such parameter.',
      field: 'balance',
    }),
  );
  expect(registrar.requests).toHaveLength(0);
  expect(log.text()).not.toContain('canary');
});

describe('what the registrar decides is told with its own words:', () => {
  const object = fixture('any.unknown-object');

  test('not-found is 404', async () => {
    const it = await toldAfter(answer(object, 404));
    expect(it).toMatchObject({ statusCode: 404, headers: HEADERS });
    expect(it.problem).toStrictEqual(
      problem(
        'not-found',
        404,
        dmapi(2303, {
          statusText: 'Object does not exist',
          errors: ['object not found'],
          trackingId: '01dac0b300000000000000000000000a',
        }),
      ),
    );
  });

  test('conflict is 409', async () => {
    const it = await toldAfter(answer(object.replace('2303', '2302')));
    expect(it).toMatchObject({ statusCode: 409, headers: HEADERS });
    expect(it.problem).toMatchObject({ type: 'urn:dmapi:problem:conflict', status: 409 });
  });

  test('refused is 422, with every error and warning', async () => {
    const it = await toldAfter(answer(fixture('any.two-errors-and-a-warning'), 400));
    expect(it).toMatchObject({ statusCode: 422, headers: HEADERS });
    expect(it.problem).toStrictEqual(
      problem(
        'refused',
        422,
        dmapi(2005, {
          statusText: 'Parameter value syntax error',
          errors: ['period: must be a number', 'domain: is missing'],
          warnings: ['language: unknown, English is used'],
          trackingId: '01dac0b300000000000000000000000b',
        }),
      ),
    );
  });

  test.each(['Error: why', 'Result: NACK'])('so is a Status-Code 0 with %s', async (line) => {
    const it = await toldAfter(answer(`Status-Code: 0\n${line}\n\n`));
    expect(it.problem).toMatchObject({ ...problem('refused', 422), dmapi: { statusCode: 0 } });
  });

  test('so is an Error without a Status-Code under HTTP 400', async () => {
    const it = await toldAfter(answer('Error: Missing parameter: domain\n\n', 400));
    expect(it.problem).toStrictEqual(
      problem('refused', 422, dmapi(null, { errors: ['Missing parameter: domain'] })),
    );
    expect(log.entries()).toMatchObject([{ dmapi: { statusCode: null } }]);
  });

  test('and an Error over two lines is told whole', async () => {
    const text = 'Status-Code: 2400\nError: contacts are not valid\n  owner (COM-1)\n\n';
    const it = await toldAfter(answer(text));
    expect(it.problem).toStrictEqual(
      problem('refused', 422, dmapi(2400, { errors: ['contacts are not valid\nowner (COM-1)'] })),
    );
  });

  test('a parameter at fault is the field, by the name that the action has for it', async () => {
    const action = {
      ...(resultDelete as Action),
      fieldOf: (name: string) => ({ 'proc-id': 'ours' })[name],
    };
    const script = answer('Status-Code: 2400\nError: Parameter Proc-ID: expected: number\n\n');
    expect((await toldAfter(script, action, DELETE)).problem).toMatchObject({
      ...problem('refused', 422),
      field: 'ours',
    });
    expect((await toldAfter(script, resultDelete, DELETE)).problem.field).toBe('procId');
    // It is text of the registrar.
    expect(log.text()).not.toMatch(/ours|procId/);
  });

  test('not-permitted is 403', async () => {
    const it = await toldAfter(answer('Status-Code: 2201\nError: no right\n\n', 403));
    expect(it).toMatchObject({ statusCode: 403, headers: HEADERS });
    expect(it.problem).toStrictEqual(
      problem('not-permitted', 403, dmapi(2201, { errors: ['no right'] })),
    );
  });

  test('so is any refusal of what the access of the key cannot allow', async () => {
    const script = answer('Status-Code: 2400\nError: not with this key\n\n');
    const it = await toldAfter(script, resultDelete, DELETE, '@read-only');
    expect(it.problem).toMatchObject(problem('not-permitted', 403));
  });
});

describe('what goes wrong behind us is told without the words of others:', () => {
  test('credentials-rejected is 502', async () => {
    const registrar = await stubRegistrar(answer(fixture('login.wrong-api-key')));
    for (const action of [login, queryProfile]) {
      const it = await told(openSession(registrar.endpoint), action as Action);
      expect(it).toMatchObject({ statusCode: 502, headers: HEADERS });
      expect(it.problem).toStrictEqual(problem('credentials-rejected', 502, dmapi(2200)));
    }
  });

  test.each([
    ['a page', answer(PAGE)],
    ['nothing', answer('')],
    ['a garbled code', answer('Status-Code: 0x0\n\n')],
    ['a profile of another form', answer('Status-Code: 0\n\ncanary without a key\n')],
  ])('unreadable-reply is 502: %s', async (_what, script) => {
    const it = await toldAfter(script);
    expect(it).toMatchObject({ statusCode: 502, headers: HEADERS });
    expect(it.problem).toStrictEqual(problem('unreadable-reply', 502));
    expect(it.body + log.text()).not.toContain('canary');
  });

  test('where nothing can be read, reply and log name the HTTP code', async () => {
    const it = await toldAfter(answer('<html>canary</html>', 403));
    expect(it.problem).toStrictEqual(
      problem('unreadable-reply', 502, { detail: expect.stringContaining('HTTP 403') }),
    );
    expect(log.entries()).toMatchObject([{ reason: expect.stringContaining('HTTP 403') }]);
    expect(it.body + log.text()).not.toContain('canary');
  });

  test('unavailable is 503 and says when to come back', async () => {
    const busy = { status: 503, text: PAGE };
    const it = await toldAfter(busy, resultDelete, DELETE);
    expect(it).toMatchObject({ statusCode: 503 });
    expect(it.headers).toStrictEqual({
      ...HEADERS,
      'retry-after': expect.stringMatching(/^[1-9]\d*$/),
    });
    expect(it.problem).toStrictEqual(problem('unavailable', 503));
    expect(it.registrar.requests).toHaveLength(2);
  });

  test('unavailable passes on what the registrar asks for', async () => {
    const busy = { status: 429, headers: { 'retry-after': '120' }, text: 'Status-Code: 2502\n\n' };
    const it = await toldAfter(busy);
    expect(it).toMatchObject({ statusCode: 503, headers: { ...HEADERS, 'retry-after': '120' } });
    expect(it.problem).toStrictEqual(problem('unavailable', 503, dmapi(2502)));
  });

  test('unavailable is a refused connection too', async () => {
    const it = await told(openSession(await deadEndpoint()));
    expect(it).toMatchObject({ statusCode: 503, headers: { 'retry-after': expect.any(String) } });
    expect(it.problem).toStrictEqual(problem('unavailable', 503));
  });

  test('unavailable is an AWS service that throttles us, too', async () => {
    const registrar = await stubRegistrar();
    const throttled = async () => {
      throw new AwsUnavailableError('AWS Secrets Manager cannot serve now.', { cause: 'canary' });
    };
    const it = await told(openSession(registrar.endpoint, throttled));
    expect(it).toMatchObject({ statusCode: 503, headers: { 'retry-after': expect.any(String) } });
    expect(it.problem).toStrictEqual(problem('unavailable', 503));
    expect(registrar.requests).toHaveLength(0);
  });

  test('timeout is 504', async () => {
    const registrar = await stubRegistrar(loginAnswer(), () => {});
    const it = await told(openSession(registrar.endpoint), queryProfile, {}, deadlineIn(250));
    expect(it).toMatchObject({ statusCode: 504, headers: HEADERS });
    expect(it.problem).toStrictEqual(problem('timeout', 504));
    expect(it.headers).not.toHaveProperty('retry-after');
  });

  test.each<[string, unknown]>([
    ['a defect', new TypeError('canary-reason of undefined')],
    ['an error of AWS', Object.assign(new Error('canary-reason'), { name: 'AccessDenied' })],
    ['a text', 'canary-reason'],
    ['nothing', undefined],
  ])('internal is 500 with a fixed sentence: %s', async (_what, reason) => {
    const it = await told(sessionThat(() => Promise.reject(reason)));
    expect(it).toMatchObject({ statusCode: 500, headers: HEADERS });
    expect(it.problem).toStrictEqual(
      problem('internal', 500, { detail: expect.stringContaining('requestId') }),
    );
    expect(it.body).not.toContain('canary');
    expect(log.entries()).toMatchObject([{ level: 'ERROR', requestId: REQUEST_ID, status: 500 }]);
    expect(log.text().includes('canary-reason')).toBe(reason instanceof Error);
  });
});

test('every failure is logged with the request id and without the words of others', async () => {
  await toldAfter(answer(fixture('any.two-errors-and-a-warning').replaceAll('must', 'canary')));
  expect(log.text()).not.toContain('canary');
  expect(log.entries()).toMatchObject([
    {
      message: 'refused',
      action: 'query-profile',
      requestId: REQUEST_ID,
      status: 422,
      type: 'urn:dmapi:problem:refused',
      dmapi: { statusCode: 2005, trackingId: '01dac0b300000000000000000000000b' },
    },
  ]);
});
