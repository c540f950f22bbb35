import { expect, test } from '@jest/globals';
import { NOON, openRegistrar } from '../open-registrar.ts';

test('requests are shown without their secrets', async () => {
  const { registrar, send, ask } = await openRegistrar();
  await send('login', { username: 'someone', password: 'pass-canary' }, { method: 'GET' });
  await send('login', { 'api-key': 'key-canary' }, { headers: { cookie: 'dmapi-auth=canary' } });
  await ask('domain-transfer-in-reseller', { domain: 'a.example', 'transfer-auth-id': 'canary' });
  await ask('wa-email-verify', { Key: 'canary', answer: 'yes' });
  await ask('dns-zone-put', {
    domain: 'a.example',
    zone: '$dyndns=yes:canary:canary\na A 0 192.0.2.1 60',
  });
  await ask('contact-modify', { handle: 'CCOM-1', 'x-it-pin': 'canary', city: 'Bonn' });
  const shown = registrar.shownRequests;
  expect(JSON.stringify(shown)).not.toContain('canary');
  expect(shown).toHaveLength(registrar.requests.length);
  expect(shown[0]).toEqual({
    name: 'login',
    method: 'GET',
    params: { username: 'someone', password: '•••' },
    atMs: NOON,
  });
  expect(shown.at(-2)?.params).toEqual({
    'auth-sid': '•••',
    domain: 'a.example',
    zone: '$dyndns=•••\na A 0 192.0.2.1 60',
  });
  expect(shown.at(-1)?.params).toMatchObject({ handle: 'CCOM-1', city: 'Bonn' });
});

test('what holds no secret is shown whole', async () => {
  const { registrar, ask } = await openRegistrar();
  const zone = '$dyndns=no::\na A 0 192.0.2.1 60';
  await ask('dns-zone-put', { domain: 'example.com', zone });
  expect(registrar.shownRequests.at(-1)?.params.zone).toBe(zone);
});
