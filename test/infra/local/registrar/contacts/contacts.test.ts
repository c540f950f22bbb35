import { describe, expect, test } from '@jest/globals';
import { exchange } from '../exchange.ts';
import { errorsOf, headerOf, MINUTE_MS, openRegistrar } from '../open-registrar.ts';

const CONTACT = {
  tld: 'de',
  name: 'Jo Example',
  email: 'jo@example.org',
  'address-1': '4 Example Street',
  city: 'Köln',
  'postal-code': '50667',
  country: 'DE',
  phone: '+49.221',
};
const PERSON = { handle: 'CCOM-1000007' };

describe('contact-create', () => {
  test('makes a contact; its handle is the object of the result', async () => {
    const { order, ask } = await openRegistrar();
    const more = { 'x-de-type': 'person', 'client-ip': '192.0.2.1', fax: '' };
    const { object = '' } = await order('contact-create', { ...CONTACT, ...more });
    expect(object).toMatch(/^CDE-\d{9}$/);
    expect((await ask('query-whois', { contact: object })).body).toBe(
      `contact.handle: ${object}
contact.name: Jo Example
contact.email: jo@example.org
contact.address-1: 4 Example Street
contact.city: Köln
contact.postal-code: 50667
contact.country: DE
contact.phone: +49.221
contact.x-de-type: person
contact.created.date: 20240617124452
contact.modified.date: 20240617124452
`,
    );
  });

  test('joins a first and a last name', async () => {
    const { order, ask } = await openRegistrar();
    const { name: _, ...rest } = CONTACT;
    const named = { ...rest, fname: 'Jo', lname: 'van Example' };
    const { object = '' } = await order('contact-create', named);
    const { body } = await ask('query-whois', { contact: object });
    expect(body).toContain('contact.name: Jo van Example\n');
    expect(body).not.toContain('fname');
  });

  test('refuses what is malformed', async () => {
    const { order } = await openRegistrar();
    const refusal = async (params: Record<string, string>) =>
      (await order('contact-create', { ...CONTACT, ...params })).errors;
    expect(await refusal({ email: 'jo' })).toEqual([
      'Parameter email: expected: valid e-mail address',
    ]);
    expect(await refusal({ country: 'Germany' })).toEqual([
      'Parameter country: expected: ISO 3166 country code',
    ]);
    expect(await refusal({ name: 'a\nb' })).toEqual([
      'Parameter name: expected: text without control characters',
    ]);
    expect(await refusal({ tld: 'museum' })).toEqual([
      'Parameter tld: expected: TLD supported by Joker.com',
    ]);
  });

  test('at once, outside /request/, gives the handle in its body', async () => {
    const { registrar, login, ask } = await openRegistrar();
    const params = { ...CONTACT, tld: 'co.uk', 'auth-sid': await login() };
    const reply = await exchange(`${registrar.url}/v2/contact/create`, { params });
    expect(headerOf(reply, 'Status-Code')).toBe('1000');
    const handle = /^handle: (CCOUK-\d+)\n$/.exec(reply.body ?? '')?.[1] ?? '';
    expect((await ask('query-contact-list', { pattern: handle })).body).toBe(handle);
    expect((await ask('result-list', { pending: '1' })).body).toBe('');
    const lacking = await exchange(`${registrar.url}/v2/contact/create`, {
      params: { 'auth-sid': params['auth-sid'], tld: 'com' },
    });
    expect(headerOf(lacking, 'Status-Code')).toBe('2003');
  });
});

describe('contact-modify', () => {
  test('changes what is named; nothing or !@! empties what need not be there', async () => {
    const { order, ask, pass } = await openRegistrar();
    pass(MINUTE_MS);
    const handle = 'CCOM-1000008';
    await order('contact-modify', {
      handle: handle.toLowerCase(),
      city: 'Bonn',
      fax: '',
      'address-2': '!@!',
      email: '',
    });
    const { body } = await ask('query-whois', { contact: handle });
    expect(body).toContain('contact.city: Bonn\n');
    expect(body).toContain('contact.email: office@example.org\n');
    expect(body).not.toMatch(/fax|address-2/);
    expect(body).toContain('contact.modified.date: 20240617124552\n');
  });

  test('wants a field', async () => {
    const { ask } = await openRegistrar();
    const reply = await ask('contact-modify', { ...PERSON, tld: 'com' });
    expect(errorsOf(reply)).toEqual(['Required parameter missing: a field of the contact']);
  });

  test('leaves the owners of domains as they are', async () => {
    const { order, ask } = await openRegistrar();
    await order('contact-modify', { ...PERSON, name: 'Other Name' });
    const { body } = await ask('query-whois', { domain: 'example.com' });
    expect(body).toContain('domain.name: Alex Example\n');
  });
});

describe('contact-delete', () => {
  test('is refused while a domain uses the contact, in any role', async () => {
    const { order } = await openRegistrar();
    expect(await order('contact-delete', PERSON)).toMatchObject({
      status: 'nack',
      text: expect.stringContaining('\nContact CCOM-1000007 is used by example.com\n'),
    });
    await order('domain-modify', { domain: 'gold.example', 'tech-c': 'CDE-1000009' });
    const used = await order('contact-delete', { handle: 'CDE-1000009' });
    expect(used.text).toContain('is used by gold.example');
  });

  test('takes an unused one away', async () => {
    const { registrar, order } = await openRegistrar();
    expect((await order('contact-delete', { handle: 'CDE-1000009' })).status).toBe('ack');
    expect(registrar.account.contacts).toEqual([
      { handle: 'CCOM-1000007', name: 'Alex Example' },
      { handle: 'CCOM-1000008', name: 'Kim Example' },
    ]);
  });
});

describe('query-contact-list', () => {
  test('lists handles', async () => {
    const { ask } = await openRegistrar();
    const reply = await ask('query-contact-list');
    expect(reply.body).toBe('CCOM-1000007\nCCOM-1000008\nCDE-1000009');
    expect(headerOf(reply, 'Columns')).toBeUndefined();
    expect((await ask('query-contact-list', { pattern: 'cde-*' })).body).toBe('CDE-1000009');
    expect((await ask('query-contact-list', { from: '2', to: '2' })).body).toBe('CCOM-1000008');
    expect((await ask('query-contact-list', { pattern: 'x*' })).body).toBe('');
  });

  test('in its extended format has four columns parted by tabs, some empty', async () => {
    const { ask } = await openRegistrar();
    const reply = await ask('query-contact-list', { 'extended-format': '1', pattern: 'CCOM*' });
    expect(headerOf(reply, 'Columns')).toBe('handle,name,organization,email');
    expect(headerOf(reply, 'Separator')).toBe('TAB');
    expect(reply.body).toBe(
      'CCOM-1000007\tAlex Example\t\talex@example.com\n' +
        'CCOM-1000008\tKim Example\tExample Reselling Ltd\toffice@example.org',
    );
  });

  test('by TLD knows that generic ones share their contacts', async () => {
    const { ask } = await openRegistrar();
    const handles = async (tld: string) => (await ask('query-contact-list', { tld })).body;
    expect(await handles('net')).toBe('CCOM-1000007\nCCOM-1000008');
    expect(await handles('de')).toBe('CDE-1000009');
    expect(await handles('at')).toBe('');
  });
});
