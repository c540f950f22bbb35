import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { exchange } from '../exchange.ts';
import { headerOf, openRegistrar } from '../open-registrar.ts';

const NAMES = [
  ...['domain', 'host', 'handle', 'contact', 'pattern', 'zone', 'tld', 'period', 'expyear', 'ip'],
  ...['owner-c', 'billing-c', 'ns-list', 'dnssec', 'ds-1', 'email', 'name', 'x-it-pin', 'key'],
  ...['pname', 'pvalue', 'ptype', 'uid', 'action', 'answer', 'role', 'type', 'scope', 'cltrid'],
  ...['svtrid', 'proc-id', 'date', 'status', 'offset', 'limit', 'from', 'to', 'max-price'],
];

/** What would pass, what nearly would, and what no registrar expects. */
const VALUE = fc.oneof(
  fc.constantFrom(
    'example.com',
    'ns1.example.com',
    'CCOM-1000007',
    '12',
    '1',
    'com',
    '*',
    '@admin',
  ),
  fc.constantFrom(
    'a@example.com',
    'list',
    'autorenew',
    'a A 0 192.0.2.1 60',
    '192.0.2.1',
    '2024-02-30',
  ),
  fc.constantFrom('\n\nStatus-Code: 0', 'x\r\nResult: ACK', '%00', '__proto__', '$dyndns=yes:a:b'),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

test('whatever is sent, every request is answered, by one status and in whole lines', async () => {
  const { registrar, ask, login } = await openRegistrar({ settleAfterMs: 0 });
  const listed = (await ask('query-request-list')).body?.split('\n') ?? [];
  const paths = listed.filter((name) => name !== 'logout').map((name) => `/request/${name}`);
  const outside = ['/whois', '/v2/contact/create', '/v2/query-price-list'];
  const sid = await login();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...paths, ...outside),
      fc.dictionary(fc.constantFrom(...NAMES), VALUE, { maxKeys: 6 }),
      async (path, params) => {
        const reply = await exchange(`${registrar.url}${path}`, {
          params: { ...params, 'auth-sid': sid },
        });
        expect(reply.status).toBe(200);
        expect(headerOf(reply, 'Status-Code')).toMatch(/^\d{1,4}$/);
        for (const line of reply.headers) expect(line).toMatch(/^[A-Za-z-]+(_[a-z]+)?: \P{Cc}*$/u);
        expect(reply.body ?? '').toMatch(/^[\P{Cc}\n\t]*$/u);
      },
    ),
    { numRuns: 1000 },
  );
});
