import { describe, expect, test } from '@jest/globals';
import { headerOf, openRegistrar, rowsOf } from '../open-registrar.ts';

const HANDLES = { 'owner-c': 'C-1', 'billing-c': 'C-1', 'admin-c': 'C-1', 'tech-c': 'C-1' };
const CONTACT = {
  fname: 'Alex',
  lname: 'Example',
  email: 'a@example.com',
  'address-1': '1 Street',
  city: 'Town',
  'postal-code': '1',
  country: 'DE',
  phone: '+1.1',
};
const domain = 'example.com';

/** Each request with the least it needs. */
const LEAST: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'domain-register': { domain, period: '12', status: 'production', ...HANDLES, 'ns-list': 'a:b' },
  'domain-renew': { domain, expyear: '2030' },
  'domain-privacy-order': { domain, privacy: 'basic' },
  'domain-transfer-in-reseller': { domain, 'transfer-auth-id': 'x', 'owner-c': 'C-1' },
  'domain-transfer-in': { domain, 'transfer-auth-id': 'x', 'billing-c': 'C-1' },
  'domain-transfer-get-auth-id': { domain },
  'domain-modify': { domain, 'ns-list': 'a:b' },
  'domain-delete': { domain },
  'domain-redeem': { domain },
  'domain-owner-change': { domain, ...CONTACT },
  'domain-lock': { domain },
  'domain-unlock': { domain },
  'domain-set-property': { domain, pname: 'autorenew', pvalue: '1' },
  'contact-create': { tld: 'com', ...CONTACT },
  'contact-modify': { handle: 'CCOM-1', city: 'Town' },
  'contact-delete': { handle: 'CCOM-1' },
  'ns-create': { host: 'ns.example.com', ip: '192.0.2.1' },
  'ns-modify': { host: 'ns.example.com', ip: '192.0.2.1', ipv6: '2001:db8::1' },
  'ns-delete': { host: 'ns.example.com' },
};

describe.each(Object.entries(LEAST))('%s', (name, least) => {
  test('is queued, listed in progress and acknowledged', async () => {
    const { ask, pass } = await openRegistrar();
    const reply = await ask(name, least);
    expect(headerOf(reply, 'Status-Code')).toBe('0');
    expect(reply.body).toBe('');
    const [svTrId, procId] = [headerOf(reply, 'Tracking-Id'), headerOf(reply, 'Proc-ID')];
    const list = () => ask('result-list', { pending: '1' }).then(rowsOf);
    expect(await list()).toEqual([
      ['2024-06-17T12:44:49', svTrId, procId, name, expect.any(String), '?', '-'],
    ]);
    pass(2999);
    expect((await list())[0]?.[5]).toBe('?');
    pass(1);
    const [, , , , object, status] = (await list())[0] ?? [];
    expect(status).toBe('ack');
    expect(object).toBe(least.domain ?? least.handle ?? least.host ?? object);
    const retrieved = await ask('result-retrieve', { 'proc-id': procId ?? '' });
    expect(retrieved.body).toMatch(`Completion-Status: ack\nObject-Name: ${object}\n\n`);
  });

  test('lacks each parameter that is left out', async () => {
    const { ask } = await openRegistrar();
    for (const left of Object.keys(least)) {
      const { [left]: _, ...rest } = least;
      const reply = await ask(name, rest);
      // ns-modify takes either address, and contact-modify any field.
      if (['ip', 'ipv6'].includes(left) && name === 'ns-modify') continue;
      if (left === 'city' && name === 'contact-modify') continue;
      expect([left, headerOf(reply, 'Status-Code')]).toEqual([left, '2003']);
      expect(headerOf(reply, 'Error')).toContain(left);
    }
  });
});

test('one Error line comes for each missing parameter', async () => {
  const { ask } = await openRegistrar();
  const reply = await ask('domain-owner-change', { domain });
  const errors = reply.headers.filter((line) => line.startsWith('Error: '));
  expect(errors).toHaveLength(7);
  expect(errors.at(-1)).toBe('Error: Required parameter missing: name, or fname and lname');
});

test('objects named nack or refused are refused', async () => {
  const { ask, pass } = await openRegistrar();
  await ask('domain-lock', { domain: 'NACK.example' });
  await ask('contact-create', { tld: 'com', ...CONTACT, email: 'refused@example.com' });
  pass(3000);
  const rows = rowsOf(await ask('result-list'));
  expect(rows.map((row) => row[5])).toEqual(['nack', 'nack']);
});

test('a new contact gets a handle of its TLD', async () => {
  const { ask, pass } = await openRegistrar();
  const reply = await ask('contact-create', { tld: 'co.uk', ...CONTACT });
  pass(3000);
  const procId = headerOf(reply, 'Proc-ID') ?? '';
  const { body } = await ask('result-retrieve', { 'proc-id': procId });
  expect(body).toContain(`\nObject-Name: CCOUK-${procId}\n`);
});

test('cltrid is listed, and what would break a row is refused', async () => {
  const { ask } = await openRegistrar();
  await ask('domain-lock', { domain, cltrid: 'order 7' });
  const list = await ask('result-list', { pending: '1' });
  expect(list.body?.endsWith(' example.com ? order 7')).toBe(true);
  for (const params of [{ domain: 'two words' }, { domain: 'a\nb' }, { domain, cltrid: 'a\nb' }]) {
    expect(headerOf(await ask('domain-lock', params), 'Status-Code')).toBe('2005');
  }
});

test('older names of the host requests still work', async () => {
  const { ask } = await openRegistrar();
  expect(headerOf(await ask('host-delete', { host: 'ns.example.com' }), 'Status-Code')).toBe('0');
  const rows = rowsOf(await ask('result-list', { pending: '1' }));
  expect(rows[0]?.[3]).toBe('ns-delete');
});

test('how long a request takes can be chosen', async () => {
  const { ask, pass } = await openRegistrar({ settleAfterMs: 60_000 });
  await ask('domain-lock', { domain });
  pass(59_999);
  expect((await ask('result-list')).body).toBe('');
  pass(1);
  expect(rowsOf(await ask('result-list'))).toHaveLength(1);
});
