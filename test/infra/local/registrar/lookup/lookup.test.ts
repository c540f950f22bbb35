import { describe, expect, test } from '@jest/globals';
import { exchange } from '../exchange.ts';
import { errorsOf, headerOf, openRegistrar } from '../open-registrar.ts';

describe('query-whois', () => {
  test('tells of a domain, its name servers in pairs and its moments in 14 digits', async () => {
    const { ask } = await openRegistrar();
    const { body } = await ask('query-whois', { domain: 'Example.com' });
    expect(body).toBe(`domain.fqdn: example.com
domain.status: lock,autorenew
domain.name: Alex Example
domain.email: alex@example.com
domain.address-1: 1 Example Street
domain.city: Exampletown
domain.postal-code: 12345
domain.country: DE
domain.phone: +49.30123456
domain.admin-c: CCOM-1000007
domain.tech-c: CCOM-1000007
domain.billing-c: CCOM-1000007
domain.nservers.nserver.no: 1
domain.nservers.nserver.handle: a.ns.joker.com
domain.nservers.nserver.no: 2
domain.nservers.nserver.handle: b.ns.joker.com
domain.nservers.nserver.no: 3
domain.nservers.nserver.handle: c.ns.joker.com
domain.created.date: 20240528124449
domain.modified.date: 20240528124449
domain.expires: 20250528000000
`);
  });

  test('shows the public a protected owner, and what is held with internal=1', async () => {
    const { ask } = await openRegistrar();
    const params = { domain: 'gold.example' };
    expect((await ask('query-whois', params)).body).toContain(
      'domain.name: Privacy protected\ndomain.email: owner@gold.example\n',
    );
    const internal = await ask('query-whois', { ...params, internal: '1' });
    expect(internal.body).toContain('domain.organization: Example Reselling Ltd\n');
  });

  test('tells of a contact and of a host', async () => {
    const { ask } = await openRegistrar();
    const contact = await ask('query-whois', { contact: 'CCOM-1000008' });
    expect(contact.body).toContain('contact.handle: CCOM-1000008\ncontact.name: Kim Example\n');
    const host = await ask('query-object', { host: 'ns2.example.org' });
    expect(host.body).toBe(
      'host.fqdn: ns2.example.org\nhost.ip-address: 198.51.100.53\n' +
        'host.ip-address-v6: 2001:db8::53\nhost.created.date: 20220618124449\n',
    );
  });

  test('does not know others, under HTTP 200', async () => {
    const { ask } = await openRegistrar();
    for (const params of [
      { domain: 'nobody-has.example' },
      { contact: 'CCOM-1' },
      { host: 'ns9.example.com' },
    ]) {
      const reply = await ask('query-whois', { ...params });
      expect([reply.status, headerOf(reply, 'Status-Code')]).toEqual([200, '2303']);
    }
  });

  test('is about one thing', async () => {
    const { ask } = await openRegistrar();
    expect(errorsOf(await ask('query-whois'))).toEqual([
      'Required parameter missing: domain, or contact, or host',
    ]);
    const two = await ask('query-whois', { domain: 'example.com', host: 'ns1.example.com' });
    expect(errorsOf(two)).toEqual(['Parameter host: expected: no domain beside it']);
  });
});

describe('/whois', () => {
  test('tells the public whether DNSSEC is on', async () => {
    const { registrar, login, order } = await openRegistrar();
    const params = { domain: 'example.com', 'auth-sid': await login(), disclaimer: '0' };
    const whois = () => exchange(`${registrar.url}/whois`, { params, method: 'GET' });
    const reply = await whois();
    expect(headerOf(reply, 'Status-Code')).toBe('0');
    expect(reply.body).toMatch(/^Domain Name: example.com\n/);
    expect(reply.body).toContain('\nDNSSEC: unsigned\n');
    await order('domain-modify', { domain: 'example.com', dnssec: '1', 'ds-1': '1:8:2:AB' });
    expect((await whois()).body).toMatch(/\nDNSSEC: signedDelegation\nDS Data: 1 8 2 AB\n$/);
  });

  test('wants a session, and stands outside /request/ alone', async () => {
    const { registrar, login, ask } = await openRegistrar();
    const params = { domain: 'nobody-has.example' };
    const address = `${registrar.url}/whois`;
    expect((await exchange(address, { params, method: 'GET' })).status).toBe(401);
    const known = { ...params, 'auth-sid': await login() };
    const foreign = await exchange(address, { params: known, method: 'GET' });
    expect(headerOf(foreign, 'Status-Code')).toBe('2303');
    expect(headerOf(await ask('whois', params), 'Status-Code')).toBe('2000');
  });
});
