import { expect, test } from '@jest/globals';
import { DAY_MS, errorsOf, headerOf, openRegistrar } from '../open-registrar.ts';

const TRANSFER = {
  domain: 'moving.example',
  'transfer-auth-id': 'code',
  'owner-c': 'CCOM-1000008',
};
const control = (action: string, domain?: string) => ({ action, ...(domain ? { domain } : {}) });

test('a transfer goes through its states, and then the domain is here', async () => {
  const { registrar, ask, pass } = await openRegistrar({ settleAfterMs: 8000 });
  const reply = await ask('domain-transfer-in-reseller', TRANSFER);
  expect(headerOf(reply, 'Status-Code')).toBe('0');
  const states: (string | undefined)[] = [];
  for (let second = 0; second < 8; second += 1) {
    const shown = await ask('domain-transfer-control', control('show', TRANSFER.domain));
    states.push(shown.body?.split('\t')[1]);
    pass(1000);
  }
  expect(states).toEqual([
    'IN_DB',
    'PAYMENT_PREPARED',
    'PAYMENT_ACQUIRED',
    'PENDING_FOA_SENDING',
    'FOA_BEEN_SENT',
    'FOA_ACK',
    'REGISTRY_REQUEST_SENT',
    'REGISTRY_REQUEST_RECEIVED_NOW_WAITING',
  ]);
  const { domains, transfers, balance } = registrar.account;
  expect(domains.find(({ domain }) => domain === TRANSFER.domain)).toMatchObject({
    statuses: ['production', 'autorenew'],
    expires: '2025-10-15',
    owner: 'Example Reselling Ltd',
  });
  expect(transfers.map(({ domain }) => domain)).toEqual(['arriving.example']);
  expect(balance).toBe('90.1');
});

test('its options are kept: lock, renewal, privacy, name servers', async () => {
  const { registrar, order } = await openRegistrar();
  const options = { status: 'lock', autorenew: '0', privacy: 'basic' };
  const servers = { 'ns-list': 'a.example.org:b.example.org' };
  await order('domain-transfer-in-reseller', { ...TRANSFER, ...options, ...servers });
  const moved = registrar.account.domains.find(({ domain }) => domain === TRANSFER.domain);
  expect(moved?.statuses).toEqual(['production', 'lock']);
  expect(moved?.nameServers).toEqual(['a.example.org', 'b.example.org']);
  expect(moved?.privacy).toBe('basic');
  expect(registrar.account.balance).toBe('88.6');
});

test('the list has four columns parted by tabs, the first transfer among them', async () => {
  const { ask } = await openRegistrar();
  const reply = await ask('domain-transfer-control', control('list', 'ignored.example'));
  expect(headerOf(reply, 'Columns')).toBe('domain,state,owner-email,admin-email');
  expect(headerOf(reply, 'Separator')).toBe('TAB');
  expect(reply.body).toBe(
    'arriving.example\tFOA_BEEN_SENT\tformer.owner@example.net\talex@example.com',
  );
  const shown = await ask('domain-transfer-control', control('show', 'Arriving.example'));
  expect(shown.body).toBe(reply.body);
});

test('the mail is sent again only while the owner is asked', async () => {
  const { ask, pass } = await openRegistrar({ settleAfterMs: 8000 });
  await ask('domain-transfer-in-reseller', TRANSFER);
  const resend = async (domain: string) =>
    headerOf(await ask('domain-transfer-control', control('resend-foa', domain)), 'Status-Code');
  expect(await resend('arriving.example')).toBe('0');
  expect(await resend(TRANSFER.domain)).toBe('2304');
  pass(3000);
  expect(await resend(TRANSFER.domain)).toBe('0');
});

test('a cancelled transfer ends as refused, and costs nothing', async () => {
  const { registrar, ask, pass } = await openRegistrar();
  const reply = await ask('domain-transfer-in-reseller', TRANSFER);
  const cancel = () => ask('domain-transfer-control', control('cancel', TRANSFER.domain));
  expect(headerOf(await cancel(), 'Status-Code')).toBe('0');
  expect(headerOf(await cancel(), 'Status-Code')).toBe('2304');
  const shown = await ask('domain-transfer-control', control('show', TRANSFER.domain));
  expect(shown.body).toContain('\tREGISTRY_CANCELATION_PENDING\t');
  pass(3000);
  const svtrid = headerOf(reply, 'Tracking-Id') ?? '';
  const { body } = await ask('result-retrieve', { svtrid });
  expect(body).toMatch(/^Completion-Status: nack\n/);
  expect(body).toContain('\nThe transfer was cancelled\n');
  expect(registrar.account).toMatchObject({ balance: '100.0', pendingAmount: '0.0' });
  expect(headerOf(await cancel(), 'Status-Code')).toBe('2303');
});

test('the transfer of the start can be cancelled, and comes in by itself else', async () => {
  const [first, second] = [await openRegistrar(), await openRegistrar()];
  await first.ask('domain-transfer-control', control('cancel', 'arriving.example'));
  for (const { pass } of [first, second]) pass(4 * DAY_MS);
  const names = ({ registrar }: typeof first) =>
    registrar.account.domains.map(({ domain }) => domain);
  expect(names(first)).not.toContain('arriving.example');
  expect(names(second)).toContain('arriving.example');
  expect(second.registrar.account.transfers).toEqual([]);
});

test('what is here, under way or unknown is refused, and so is a wrong code', async () => {
  const { ask, order } = await openRegistrar();
  const codeOf = async (params: Record<string, string>) =>
    (await order('domain-transfer-in-reseller', { ...TRANSFER, ...params })).code;
  expect(await codeOf({ domain: 'example.com' })).toBe('2302');
  expect(await codeOf({ domain: 'arriving.example' })).toBe('2304');
  expect(await codeOf({ 'owner-c': 'CCOM-7' })).toBe('2303');
  const wrong = { ...TRANSFER, 'transfer-auth-id': 'a wrong one' };
  const refused = await order('domain-transfer-in-reseller', wrong);
  expect(refused.status).toBe('nack');
  expect(refused.text).toContain('The transfer-auth-id is not the right one');
  expect(refused.text).not.toContain('a wrong one');
  const nameless = await ask('domain-transfer-control', control('show'));
  expect(errorsOf(nameless)).toEqual(['Required parameter missing: domain']);
});

test('either the owner or all other contacts will do, and the older request takes one', async () => {
  const { order } = await openRegistrar();
  const handles = {
    'billing-c': 'CCOM-1000007',
    'admin-c': 'CCOM-1000007',
    'tech-c': 'CCOM-1000007',
  };
  const { 'owner-c': _, ...rest } = TRANSFER;
  expect((await order('domain-transfer-in-reseller', rest)).code).toBe('2003');
  expect((await order('domain-transfer-in-reseller', { ...rest, ...handles })).status).toBe('ack');
  const older = { ...rest, domain: 'older.example', 'billing-c': 'CCOM-1000007' };
  expect((await order('domain-transfer-in', older)).status).toBe('ack');
});

test('a code for moving away is in its result alone, and each makes another', async () => {
  const { ask, order } = await openRegistrar();
  const domain = 'example.org';
  const first = await order('domain-transfer-get-auth-id', { domain });
  const second = await order('domain-transfer-get-auth-id', { domain });
  const code = /^The Authorization ID is: "(sim-[0-9a-f]{16})"$/;
  expect(first.text).toMatch(code);
  expect(second.text).toMatch(code);
  expect(first.text).not.toBe(second.text);
  const secret = code.exec(second.text ?? '')?.[1] ?? '';
  const whois = await ask('query-whois', { domain, internal: '1' });
  expect(whois.text).not.toContain(secret);
});

test('a domain on its way out is listed so, and goes in its time', async () => {
  const { registrar, ask, pass } = await openRegistrar();
  const list = await ask('query-domain-list', { pattern: 'example.net', showstatus: '1' });
  expect(list.body).toBe('example.net 2025-04-13 production,pending-transfer');
  pass(5 * DAY_MS);
  expect(registrar.account.domains.map(({ domain }) => domain)).not.toContain('example.net');
});
