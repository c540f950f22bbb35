import { describe, expect, test } from '@jest/globals';
import { RECORDS } from '../../../../../infra/local/registrar/zones/record-types.ts';
import { errorsOf, openRegistrar } from '../open-registrar.ts';

const domain = 'example.com';
const ROUTER = '$dyndns=yes:simulated-router:simulated-dyndns-password\n';

async function opened(dialect = {}) {
  const open = await openRegistrar({ dialect });
  const get = async (name = domain) =>
    (await open.ask('dns-zone-get', { domain: name })).body ?? '';
  return { ...open, get };
}

test('the first zones show every type of record, and can be written back', async () => {
  const { registrar, ask, get } = await opened();
  const types = new Set<string>();
  for (const { domain } of registrar.account.domains) {
    const before = await get(domain);
    const found = before.match(/(?<=^\S+ )[A-Z]+(?= )/gm) ?? [];
    for (const type of found) types.add(type);
    // Some have no records, and such a zone is not taken.
    if (found.length === 0) continue;
    expect(errorsOf(await ask('dns-zone-put', { domain, zone: before }))).toEqual([]);
    expect(await get(domain)).toBe(before);
  }
  expect(await get()).toContain(ROUTER);
  expect([...types].sort()).toEqual(Object.keys(RECORDS).concat('TXT').sort());
});

describe('a zone is seen', () => {
  test('without a session, as it is kept and not as it is shown', async () => {
    const { registrar, ask, get } = await opened({ txtForm: 'padded' });
    await ask('dns-zone-put', { domain, zone: 'x TXT 0 "v" 60' });
    expect(await get()).toBe('$dnssec=no\n$dyndns=no::\nx TXT 0  "v " 60\n');
    expect(registrar.zone(domain)).toBe('$dnssec=no\n$dyndns=no::\nx TXT 0 "v" 60\n');
  });

  test('where there is one', async () => {
    const { registrar } = await opened();
    expect(() => registrar.zone('nobody-has.example')).toThrow(
      'The simulated account has no zone nobody-has.example',
    );
  });
});

describe('a zone is edited elsewhere', () => {
  test('from its text to another', async () => {
    const { registrar, get } = await opened();
    const before = await get();
    registrar.editZone(domain, (text) => `${text}new A 0 192.0.2.7 60\n`);
    expect(await get()).toBe(`${before}new A 0 192.0.2.7 60\n`);
  });

  test('to what no write would be allowed', async () => {
    const { registrar, get } = await opened();
    const odd = '$dnssec=yes\n$dyndns=no::\n$other=1\na A 0 192.0.2.1 0\na ODD what ever\n';
    registrar.editZone(domain, () => odd);
    expect(await get()).toBe(odd);
    registrar.editZone(domain, () => '');
    expect(await get()).toBe('$dnssec=no\n$dyndns=no::\n');
  });
});

describe('a router', () => {
  test('changes its address and nothing else', async () => {
    const { registrar, get } = await opened();
    const before = await get();
    registrar.setDynamicAddress(domain, 'home', '198.51.100.4');
    registrar.setDynamicAddress(domain, 'home', '2001:db8::4');
    expect(await get()).toBe(
      before
        .replace('home DYNA 0 192.0.2.99 60', 'home DYNA 0 198.51.100.4 60')
        .replace('home DYNAAAA 0 2001:db8::99 60', 'home DYNAAAA 0 2001:db8::4 60'),
    );
  });

  test('has no address where it has no line', async () => {
    const { registrar } = await opened();
    expect(() => registrar.setDynamicAddress(domain, 'www', '198.51.100.4')).toThrow(
      'The zone example.com has no dynamic address at www',
    );
  });

  test('is locked out once a zone was written without its login', async () => {
    const { registrar, ask } = await opened();
    const zone = registrar.zone(domain).replace(ROUTER, '');
    expect(errorsOf(await ask('dns-zone-put', { domain, zone }))).toEqual([]);
    expect(() => registrar.setDynamicAddress(domain, 'home', '198.51.100.4')).toThrow('home');
  });
});
