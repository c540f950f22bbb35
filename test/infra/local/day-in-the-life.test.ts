import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, type RunningBundle, startBundle } from './running-bundle.ts';

let bundle: RunningBundle;

beforeAll(async () => {
  bundle = await startBundle();
});

afterAll(() => bundle.close());

const get = (action: string, query: Record<string, string> = {}) =>
  bundle.get(`/v1/${action}?${new URLSearchParams(query)}`);

/** Places a request, and waits for its result. */
async function settled(action: string, input: object): Promise<Answer> {
  const headers = { prefer: 'wait=15', 'idempotency-key': randomUUID() };
  const answer = await bundle.post(`/v1/${action}`, input, headers);
  expect([action, answer.status, answer.json.status]).toEqual([action, 200, 'ack']);
  expect(answer.headers.get('preference-applied')).toBe('wait');
  return answer;
}

const CONTACT = {
  tld: 'example',
  name: 'Erika Mustermann',
  email: 'erika@example.com',
  address1: 'Heidestraße 17',
  city: 'Köln',
  postalCode: '51147',
  country: 'DE',
  phone: '+49.221123456',
};

describe('a day in the life of a reseller', () => {
  let handle = '';

  test('a name is free, and has a price', async () => {
    const { json } = await get('domain-check', { domain: 'Müller.example', checkPrice: 'create' });
    expect(json).toEqual({
      domain: 'xn--mller-kva.example',
      availability: 'available',
      reason: null,
      class: 'standard',
      prices: { create: { amount: '9.90', currency: 'EUR', years: 1 } },
    });
  });

  test('a contact is created, and its handle comes with the result', async () => {
    const { json } = await settled('contact-create', CONTACT);
    expect(json).toMatchObject({ requestType: 'contact-create', requestObject: null });
    handle = json.objectName;
    const { json: listed } = await get('query-contact-list', {
      pattern: handle,
      extendedFormat: 'true',
    });
    expect(listed.contacts).toEqual([
      { handle, name: CONTACT.name, organization: null, email: CONTACT.email },
    ]);
  });

  test('the domain is registered, the event tells so, and the balance is lower', async () => {
    const { json } = await settled('domain-register', {
      domain: 'müller.example',
      periodMonths: 12,
      ownerContact: handle,
      billingContact: handle,
      adminContact: handle,
      techContact: handle,
      nameServers: ['ns1.example.org', 'ns2.example.org'],
      clTrId: 'order-1',
    });
    expect(json).toMatchObject({ requestObject: 'xn--mller-kva.example', clTrId: 'order-1' });
    await bundle.post('/_local/reconcile');
    const { json: events } = await bundle.get('/_local/events');
    const told = events.filter(
      ({ resources }: { resources: string[] }) =>
        resources[0] === 'domain-register/xn--mller-kva.example',
    );
    expect(told.at(-1)['detail-type']).toBe('Result Acknowledged');
    expect(told.at(-1).detail.result).toMatchObject({ svTrId: json.svTrId, clTrId: 'order-1' });
    const { json: login } = await bundle.post('/v1/login');
    expect(Number(login.account.balance)).toBeCloseTo(90.1);
  });

  test('name servers are changed, the domain is locked and renewed', async () => {
    const domain = 'xn--mller-kva.example';
    await settled('domain-modify', { domain, nameServers: ['ns1.example.com', 'ns2.example.org'] });
    await settled('domain-lock', { domain });
    const before = await get('query-domain-list', { pattern: domain });
    await settled('domain-renew', { domain, periodMonths: 12 });
    const after = await get('query-domain-list', { pattern: domain });
    const [was] = before.json.domains;
    const [is] = after.json.domains;
    expect(is.statuses).toContain('lock');
    expect(Number(is.expirationDate.slice(0, 4))).toBe(Number(was.expirationDate.slice(0, 4)) + 1);
    const { json: whois } = await get('query-whois', { domain });
    expect(whois.domain.nservers.nserver.handle).toEqual(['ns1.example.com', 'ns2.example.org']);
  });

  test('another domain is transferred in, and is listed while it is on its way', async () => {
    const order = {
      domain: 'wanted.example',
      transferAuthId: 'an-auth-code-1',
      ownerContact: handle,
    };
    const key = { 'idempotency-key': randomUUID() };
    const { status, json, headers } = await bundle.post(
      '/v1/domain-transfer-in-reseller',
      order,
      key,
    );
    expect([status, json.status]).toEqual([202, 'pending']);
    expect(headers.get('location')).toBe(`/v1/result-retrieve?svTrId=${json.svTrId}`);
    const { json: listed } = await get('domain-transfer-list', {});
    const { json: owned } = await get('query-domain-list', { pattern: order.domain });
    // A machine that is slow may find it arrived.
    const there = [...listed.transfers, ...owned.domains];
    expect(there).toContainEqual(expect.objectContaining({ domain: order.domain }));
  });

  test('the code to leave with is in the result alone', async () => {
    const domain = 'example.org';
    const { json } = await settled('domain-transfer-get-auth-id', { domain });
    const code = /^The Authorization ID is: "([^"]+)"/m.exec(json.content)?.[1];
    expect(code).toMatch(/.{6}/);
    await bundle.post('/_local/reconcile');
    const { text: events } = await bundle.get('/_local/events');
    expect(events + bundle.logged()).not.toContain(code);
  });

  test('a partner is invited, and the invitation is there', async () => {
    const domain = 'xn--mller-kva.example';
    const invited = await bundle.post('/v1/grants-invite', {
      domain,
      email: 'partner@agency.example',
      role: '@tech',
    });
    expect(invited.status).toBe(200);
    expect(Object.keys(invited.json).sort()).toEqual(['procId', 'svTrId']);
    const { json } = await get('grants-list', { domain });
    expect(json.invitations).toEqual([
      expect.objectContaining({ role: '@tech', inviteeEmail: 'partner@agency.example' }),
    ]);
  });

  test('the domain is deleted, and is no longer listed', async () => {
    const domain = 'xn--mller-kva.example';
    await settled('domain-delete', { domain, force: true });
    const { json } = await get('query-domain-list', { pattern: domain });
    expect(json).toEqual({ domains: [] });
  });

  test('nothing of the contact is in a log', () => {
    for (const word of [CONTACT.name, CONTACT.email, CONTACT.address1, CONTACT.phone, 'Köln']) {
      expect(bundle.logged()).not.toContain(word);
    }
  });
});
