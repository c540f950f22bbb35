import { describe, expect, test } from '@jest/globals';
import { headerOf, openRegistrar } from '../open-registrar.ts';

const HOST = { host: 'ns3.example.com', ip: '192.0.2.7' };

async function opened() {
  const open = await openRegistrar();
  const row = async (pattern: string) =>
    (await open.ask('query-ns-list', { full: '1', pattern })).body;
  return { ...open, row };
}

test('the list has names, or with full=1 three columns parted by tabs', async () => {
  const { ask } = await opened();
  expect((await ask('query-ns-list')).body).toBe(
    'ns1.example.com\nns1.example.org\nns2.example.org',
  );
  const full = await ask('query-host-list', { full: '1', pattern: '*.org' });
  expect(headerOf(full, 'Separator')).toBe('TAB');
  expect(full.body).toBe(
    'ns1.example.org\t192.0.2.54\t-\nns2.example.org\t198.51.100.53\t2001:db8::53',
  );
});

describe('a host', () => {
  test('is made, changed and deleted', async () => {
    const { order, row } = await opened();
    await order('ns-create', { ...HOST, host: 'NS3.example.com', ipv6: '2001:db8::7' });
    expect(await row('ns3.*')).toBe('ns3.example.com\t192.0.2.7\t2001:db8::7');
    await order('ns-modify', { ...HOST, ip: '192.0.2.8' });
    expect(await row('ns3.*')).toBe('ns3.example.com\t192.0.2.8\t2001:db8::7');
    await order('ns-modify', { ...HOST, ip: '-', ipv6: '2001:db8::8' });
    expect(await row('ns3.*')).toBe('ns3.example.com\t-\t2001:db8::8');
    expect((await order('ns-delete', HOST)).status).toBe('ack');
    expect(await row('ns3.*')).toBe('');
  });

  test('keeps one address at least', async () => {
    const { order } = await opened();
    expect(await order('ns-modify', { host: 'ns1.example.com', ip: '-', ipv6: '-' })).toMatchObject(
      {
        code: '2400',
        errors: ['Parameter ip: expected: one address at least'],
      },
    );
  });

  test('is not made twice, nor of odd addresses', async () => {
    const { order } = await opened();
    expect((await order('ns-create', { ...HOST, host: 'ns1.example.com' })).code).toBe('2302');
    expect((await order('ns-create', { ...HOST, ip: '192.0.2.256' })).code).toBe('2400');
    expect((await order('ns-create', { ...HOST, ipv6: '192.0.2.1' })).code).toBe('2400');
    expect((await order('ns-create', { ...HOST, host: 'ns_3.example.com' })).code).toBe('2400');
  });

  test('that serves a domain is not deleted', async () => {
    const { order } = await opened();
    const used = { host: 'ns1.example.org' };
    expect(await order('ns-delete', used)).toMatchObject({
      status: 'nack',
      text: expect.stringContaining('\nHost ns1.example.org is a name server of example.org\n'),
    });
    await order('domain-modify', { domain: 'example.org', 'ns-list': 'a.example:b.example' });
    expect((await order('ns-delete', used)).status).toBe('ack');
  });
});
