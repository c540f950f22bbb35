import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createClient } from '../../../shared/dmapi/client.ts';
import { header, headerValues } from '../../../shared/dmapi/reply.ts';
import { anyText } from '../../any-text.ts';
import { stubRegistrar } from '../../stub-registrar.ts';
import { farAway } from '../../time.ts';
import { fixture } from '../../wire.ts';
import { call, failedCall, SECRET } from './call.ts';

const PAGE = '<html><body>Authorization Required</body></html>';
const SET_COOKIE = 'dmapi-auth=canary-cookie; path=/';

describe('a request on the wire', () => {
  test('is one POST with a form body', async () => {
    const registrar = await stubRegistrar();
    await call(registrar.endpoint, { params: { rtype: 'domain-*', limit: '20' } });
    expect(registrar.requests).toHaveLength(1);
    expect(registrar.requests[0]).toMatchObject({
      method: 'POST',
      path: '/request/result-list',
      body: `rtype=domain-*&limit=20&auth-sid=${SECRET}`,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': String(33 + SECRET.length),
        accept: 'text/plain',
      },
    });
  });

  test('has an empty body where there are no parameters', async () => {
    const registrar = await stubRegistrar();
    const secrets = { keys: [], passwords: [] };
    const request = { name: 'query-profile', params: {}, repeatable: true, secrets };
    await createClient(registrar.endpoint)(request, farAway());
    expect(registrar.requests).toMatchObject([{ path: '/request/query-profile', body: '' }]);
  });

  test('goes under the path of the endpoint', async () => {
    const registrar = await stubRegistrar();
    await call(new URL('/dmapi/request/', registrar.endpoint));
    expect(registrar.requests[0]?.path).toBe('/dmapi/request/result-list');
  });

  test('escapes whatever could pass for another parameter or line', async () => {
    const registrar = await stubRegistrar();
    const params = { objid: 'a b&auth-sid=x=1;%00\r\nX-Header: 1\n+ü€😀', '&=': '\0' };
    await call(registrar.endpoint, { params });
    expect(registrar.requests[0]?.body).toBe(
      `objid=a+b%26auth-sid%3Dx%3D1%3B%2500%0D%0AX-Header%3A+1%0A%2B%C3%BC%E2%82%AC%F0%9F%98%80&%26%3D=%00&auth-sid=${SECRET}`,
    );
  });

  test('tells the registrar exactly the parameters, whatever their text', async () => {
    const registrar = await stubRegistrar();
    const text = anyText({ minLength: 1, maxLength: 12 });
    const params = fc.dictionary(text, text, { noNullPrototype: true, maxKeys: 4 });
    await fc.assert(
      fc.asyncProperty(params, async (params) => {
        await call(registrar.endpoint, { params });
        const body = registrar.requests.at(-1)?.body;
        expect(body).toMatch(/^[A-Za-z0-9*._%+&=-]+$/);
        expect([...new URLSearchParams(body)]).toEqual(
          Object.entries({ ...params, 'auth-sid': SECRET }),
        );
      }),
      { numRuns: 50 },
    );
  });

  test('never carries a cookie, though every reply sets one', async () => {
    const registrar = await stubRegistrar({ headers: { 'set-cookie': SET_COOKIE } });
    await call(registrar.endpoint);
    await call(registrar.endpoint);
    await call(registrar.endpoint, { repeatable: false });
    expect(registrar.requests).toHaveLength(3);
    expect(registrar.requests.map(({ headers }) => headers.cookie)).toEqual(
      Array(3).fill(undefined),
    );
  });

  test.each([301, 302, 303, 307, 308])('does not follow a redirect: %i', async (status) => {
    const elsewhere = await stubRegistrar();
    const location = new URL('login', elsewhere.endpoint).href;
    const registrar = await stubRegistrar({ status, headers: { location }, text: PAGE });
    expect((await failedCall(registrar.endpoint)).kind).toBe('unreadable-reply');
    expect([registrar.requests.length, elsewhere.requests.length]).toEqual([1, 0]);
  });
});

describe('an answer', () => {
  test('of success is the reply', async () => {
    const registrar = await stubRegistrar({ text: fixture('query-domain-list.one-row') });
    const reply = await call(registrar.endpoint);
    expect(reply).toMatchObject({ statusCode: 0, body: 'example.net 2030-01-31 production' });
    expect(header(reply, 'Version')).toBe('1.2.53');
  });

  test('may come in pieces', async () => {
    const registrar = await stubRegistrar(async (response) => {
      for (const octet of Buffer.from('Status-Code: 0\n\nZürich\n')) {
        response.write(Uint8Array.of(octet));
        await new Promise(setImmediate);
      }
      response.end();
    });
    expect((await call(registrar.endpoint)).body).toBe('Zürich\n');
  });

  test.each([
    ['an expired session', 401, fixture('any.session-expired'), 'session-refused'],
    ['an expired session, in HTML', 401, PAGE, 'session-refused'],
    [
      'an expired session, before 2017',
      200,
      fixture('any.session-expired-before-2017'),
      'session-refused',
    ],
    ['an unknown object', 404, fixture('any.unknown-object'), 'not-found'],
    ['a refusal', 400, fixture('any.two-errors-and-a-warning'), 'refused'],
    ['a page', 200, PAGE, 'unreadable-reply'],
    ['a page of no such address', 404, PAGE, 'unreadable-reply'],
    ['a request too long', 414, PAGE, 'unreadable-reply'],
    ['nothing', 200, '', 'unreadable-reply'],
    ['nothing, and saying so', 204, '', 'unreadable-reply'],
  ])('of %s is an error and not asked for again', async (_what, status, text, kind) => {
    const registrar = await stubRegistrar({ status, text });
    expect((await failedCall(registrar.endpoint)).kind).toBe(kind);
    expect(registrar.requests).toHaveLength(1);
  });
});

describe('a secret that the registrar repeats is blanked out', () => {
  test('of a reply', async () => {
    const text = `Status-Code: 0\nWarning: ${SECRET} ends soon\n\nsession: ${SECRET}\n`;
    const registrar = await stubRegistrar({ text, headers: { 'set-cookie': SET_COOKIE } });
    const reply = await call(registrar.endpoint);
    expect(headerValues(reply, 'Warning')).toEqual(['[redacted] ends soon']);
    expect(reply.body).toBe('session: [redacted]\n');
    expect(JSON.stringify([[...reply.headers], reply])).not.toContain('canary');
  });

  test.each([200, 401, 404, 500])('of an error under HTTP %i', async (status) => {
    const text = `Status-Code: 2303\nError: no ${SECRET}\nTracking-Id: ${SECRET}\n\n${SECRET}`;
    const registrar = await stubRegistrar({ status, text });
    const { error } = await failedCall(registrar.endpoint);
    expect(
      headerValues(error.reply ?? { statusCode: 0, headers: new Map(), body: '' }, 'Error'),
    ).toEqual(['no [redacted]']);
  });
});
