import { expect, test } from '@jest/globals';
import { headerOf, openRegistrar } from '../open-registrar.ts';

test('the account begins with six domains, listed by name with their expiry', async () => {
  const { ask } = await openRegistrar();
  const reply = await ask('query-domain-list');
  expect(headerOf(reply, 'Columns')).toBe('domain,expiration_date');
  expect(headerOf(reply, 'Row-Count')).toBeUndefined();
  expect(headerOf(reply, 'Separator')).toBeUndefined();
  expect(headerOf(reply, 'Tracking-Id')).toBeUndefined();
  expect(reply.body).toBe(
    [
      'example.com 2025-05-28',
      'example.net 2025-04-13',
      'example.org 2026-09-15',
      'first-steps.example 2025-06-17',
      'gold.example 2025-07-17',
      'xn--bcher-kva.example 2024-06-29',
    ].join('\n'),
  );
});

test('each flag adds its columns, in one order', async () => {
  const { ask } = await openRegistrar();
  const all = { showjokerns: '1', showprivacy: '1', showgrants: '1', showstatus: '1' };
  const reply = await ask('query-domain-list', { ...all, pattern: '*.com' });
  expect(headerOf(reply, 'Columns')).toBe(
    'domain,expiration_date,domain_status,own_role,invitation_possible,' +
      'number_of_confirmed_grants,pending_invitations,' +
      'privacy-status,privacy-origin,privacy-expiration,jokerns',
  );
  expect(reply.body).toBe(
    'example.com 2025-05-28 production,lock,autorenew @creator true 1 1 off off - 1',
  );
  const other = await ask('query-domain-list', { ...all, pattern: 'GOLD.*' });
  expect(other.body).toBe(
    'gold.example 2025-07-17 production @creator true 0 undef basic order 2025-07-17 1',
  );
  const own = await ask('query-domain-list', { showjokerns: '1', pattern: 'example.org' });
  expect(own.body).toBe('example.org 2026-09-15 0');
});

test('an empty list has its columns too, and then nothing', async () => {
  const { ask } = await openRegistrar();
  const reply = await ask('query-domain-list', {
    pattern: 'domain-not-in-acct.example',
    showstatus: '1',
  });
  expect([...reply.headers].sort()).toEqual([
    'Columns: domain,expiration_date,domain_status',
    'Status-Code: 0',
    'Status-Text: Command completed successfully',
    'Version: 1.2.53',
  ]);
  expect(reply.body).toBe('');
});

test('from and to are positions, both inclusive', async () => {
  const { ask } = await openRegistrar();
  const names = async (params: Record<string, string>) =>
    (await ask('query-domain-list', params)).body?.split('\n').map((row) => row.split(' ')[0]);
  expect(await names({ from: '2', to: '3' })).toEqual(['example.net', 'example.org']);
  expect(await names({ from: '6' })).toEqual(['xn--bcher-kva.example']);
  expect(await names({ to: '1' })).toEqual(['example.com']);
  expect(await names({ from: '7' })).toEqual(['']);
  expect(headerOf(await ask('query-domain-list', { from: 'x' }), 'Status-Code')).toBe('2400');
});
