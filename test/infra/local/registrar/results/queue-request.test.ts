import { describe, expect, test } from '@jest/globals';
import { errorsOf, headerOf, openRegistrar, rowsOf } from '../open-registrar.ts';

const HANDLES = { 'owner-c': 'CCOM-1000007' };
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
const handle = 'CDE-1000009';

/** Each request with the least it needs. */
const LEAST: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'domain-register': { domain: 'new.example', period: '12', ...HANDLES },
  'domain-renew': { domain, expyear: '2030' },
  'domain-privacy-order': { domain, privacy: 'basic' },
  'domain-transfer-in-reseller': { domain: 'new.example', 'transfer-auth-id': 'x', ...HANDLES },
  'domain-transfer-in': {
    domain: 'new.example',
    'transfer-auth-id': 'x',
    'billing-c': 'CCOM-1000007',
  },
  'domain-transfer-get-auth-id': { domain },
  'domain-modify': { domain, 'ns-list': 'a.example:b.example' },
  'domain-delete': { domain: 'first-steps.example' },
  'domain-owner-change': { domain, ...CONTACT },
  'domain-lock': { domain },
  'domain-unlock': { domain },
  'domain-set-property': { domain, pname: 'autorenew', pvalue: '1' },
  'contact-create': { tld: 'com', ...CONTACT },
  'contact-modify': { handle, city: 'Town' },
  'contact-delete': { handle },
  'ns-create': { host: 'ns.example.com', ip: '192.0.2.1' },
  'ns-modify': { host: 'ns1.example.com', ip: '192.0.2.1', ipv6: '2001:db8::1' },
  'ns-delete': { host: 'ns1.example.com' },
};

/** What may be left out alone. */
const SPARED = ['contact-modify city', 'ns-modify ip', 'ns-modify ipv6'];

describe.each(Object.entries(LEAST))('%s', (name, least) => {
  test('is queued, listed in progress and acknowledged', async () => {
    const { ask, pass } = await openRegistrar();
    const reply = await ask(name, least);
    expect(errorsOf(reply)).toEqual([]);
    expect(headerOf(reply, 'Status-Code')).toBe('0');
    expect(reply.body).toBe('');
    const [svTrId, procId] = [headerOf(reply, 'Tracking-Id'), headerOf(reply, 'Proc-ID')];
    const list = () => ask('result-list', { pending: '1' }).then(rowsOf);
    expect(await list()).toEqual([
      ['2024-06-17T12:44:49', svTrId, procId, name, expect.any(String), 'pending', '-'],
    ]);
    pass(2999);
    expect((await list())[0]?.[5]).toBe('pending');
    pass(1);
    const [, , , , object, status] = (await list())[0] ?? [];
    expect(status).toBe('ack');
    expect(object).toBe(least.domain ?? least.handle ?? least.host ?? `CCOM-${procId}`);
    const retrieved = await ask('result-retrieve', { 'proc-id': procId ?? '' });
    expect(retrieved.body).toMatch(`Completion-Status: ack\nObject-Name: ${object}\n\n`);
  });

  test('lacks each parameter that is left out', async () => {
    const { ask } = await openRegistrar();
    for (const left of Object.keys(least).filter((one) => !SPARED.includes(`${name} ${one}`))) {
      const { [left]: _, ...rest } = least;
      const reply = await ask(name, rest);
      expect([left, headerOf(reply, 'Status-Code')]).toEqual([left, '2003']);
      expect(headerOf(reply, 'Error')).toContain(left);
    }
  });

  test('does not do for an object that is unknown', async () => {
    const { ask } = await openRegistrar();
    const objects = ['domain', 'handle', 'host'].filter((object) => least[object]);
    for (const object of objects) {
      if (['domain-register', 'ns-create'].includes(name) || /transfer-in/.test(name)) continue;
      const other = object === 'handle' ? 'CCOM-1' : 'nobody-has.example';
      const reply = await ask(name, { ...least, [object]: other });
      expect(headerOf(reply, 'Status-Code')).toBe('2303');
      expect(headerOf(reply, 'Error')).toContain(other);
    }
  });
});

test('one Error line comes for each missing parameter', async () => {
  const { ask } = await openRegistrar();
  const errors = errorsOf(await ask('domain-owner-change', { domain }));
  expect(errors).toHaveLength(7);
  expect(errors.at(-1)).toBe('Required parameter missing: name, or fname and lname');
});

test('one Error line comes for each malformed parameter', async () => {
  const { ask } = await openRegistrar();
  const wrong = { ...LEAST['domain-register'], domain: '-x.example', period: '5', privacy: 'all' };
  const reply = await ask('domain-register', wrong);
  expect(headerOf(reply, 'Status-Code')).toBe('2400');
  expect(headerOf(reply, 'Status-Text')).toBe('Command failed');
  expect(errorsOf(reply).sort()).toEqual([
    'Parameter domain: expected: valid domain name',
    'Parameter period: expected: months, a multiple of 12 up to 120',
    'Parameter privacy: expected: one of basic, pro, none',
  ]);
});

test('parameters nobody knows are ignored, and optional ones may be empty', async () => {
  const { order } = await openRegistrar();
  const more = { 'client-ip': '192.0.2.1', language: '', 'max-price': '' };
  const ordered = await order('domain-register', { ...LEAST['domain-register'], ...more });
  expect(ordered.status).toBe('ack');
});

test('objects named nack or refused are refused, with a reason', async () => {
  const { order } = await openRegistrar();
  const register = { ...LEAST['domain-register'], domain: 'NACK.example' };
  expect(await order('domain-register', register)).toMatchObject({
    status: 'nack',
    object: 'nack.example',
    text: expect.stringMatching(
      /^request_state: FAILURE\nresult_msg: .+\nerror_text:\nThe registry refused .+\n-{10}$/m,
    ),
  });
  const contact = { tld: 'com', ...CONTACT, email: 'refused@example.com' };
  expect((await order('contact-create', contact)).status).toBe('nack');
});

test('an acknowledgement has an order number and a state', async () => {
  const { ask, pass } = await openRegistrar();
  const reply = await ask('domain-lock', { domain });
  pass(3000);
  const procId = headerOf(reply, 'Proc-ID');
  const svtrid = headerOf(reply, 'Tracking-Id') ?? '';
  expect((await ask('result-retrieve', { svtrid })).body).toBe(
    `Completion-Status: ack\nObject-Name: example.com\n\norder number: ${procId}\n` +
      'request_state: SUCCESS\nresult_msg: Command completed successfully\n',
  );
});

test('cltrid is listed, and what would break a row is refused', async () => {
  const { ask } = await openRegistrar();
  await ask('domain-lock', { domain, cltrid: 'order 7' });
  const list = await ask('result-list', { pending: '1' });
  expect(list.body?.endsWith(' example.com pending order 7')).toBe(true);
  for (const params of [{ domain: 'two words' }, { domain: 'a\nb' }, { domain, cltrid: 'a\nb' }]) {
    expect(headerOf(await ask('domain-lock', params), 'Status-Code')).toBe('2400');
  }
});

test('older names of the host requests still work', async () => {
  const { ask } = await openRegistrar();
  const reply = await ask('host-delete', { host: 'ns1.example.com' });
  expect(headerOf(reply, 'Status-Code')).toBe('0');
  const rows = rowsOf(await ask('result-list', { pending: '1' }));
  expect(rows[0]?.[3]).toBe('ns-delete');
});

test('a request changes nothing before it is due, and takes effect with nobody looking', async () => {
  const { registrar, ask, pass } = await openRegistrar({ settleAfterMs: 60_000 });
  const statuses = () => registrar.account.domains[0]?.statuses;
  await ask('domain-unlock', { domain });
  pass(59_999);
  expect(statuses()).toContain('lock');
  expect((await ask('result-list')).body).toBe('');
  pass(1);
  expect(statuses()).not.toContain('lock');
  expect(rowsOf(await ask('result-list'))).toHaveLength(1);
});

test('requests take effect in the order in which they come due', async () => {
  const { registrar, ask, pass } = await openRegistrar();
  await ask('domain-unlock', { domain });
  pass(1);
  await ask('domain-lock', { domain });
  pass(60_000);
  expect(registrar.account.domains[0]?.statuses).toContain('lock');
});

test('what is settled by hand takes effect, or does not', async () => {
  const { registrar, ask, pass } = await openRegistrar();
  const hosts = () => registrar.account.hosts.map(({ host }) => host);
  const first = await ask('ns-create', { host: 'a.example.com', ip: '192.0.2.1' });
  const second = await ask('ns-create', { host: 'b.example.com', ip: '192.0.2.1' });
  registrar.settle(headerOf(first, 'Tracking-Id') ?? '', 'ack');
  registrar.settle(headerOf(second, 'Tracking-Id') ?? '', 'nack');
  pass(3000);
  expect(hosts()).toContain('a.example.com');
  expect(hosts()).not.toContain('b.example.com');
});

test('what is in order no longer when it is due is refused', async () => {
  const { ask, pass } = await openRegistrar();
  await ask('ns-delete', { host: 'ns1.example.com' });
  const { headers } = await ask('ns-modify', { host: 'ns1.example.com', ip: '192.0.2.9' });
  pass(3000);
  const procId = headers.find((line) => line.startsWith('Proc-ID'))?.slice(9) ?? '';
  const { body } = await ask('result-retrieve', { 'proc-id': procId });
  expect(body).toMatch(/^Completion-Status: nack\n/);
  expect(body).toContain('\nHost ns1.example.com does not exist\n');
});
