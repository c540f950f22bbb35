import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type * as z from 'zod/mini';
import { forced, onOrOff, wholeNumber } from '../../../shared/input/body.ts';
import { changedContactFields } from '../../../shared/input/contact-fields.ts';
import { country, email, phone } from '../../../shared/input/contact-texts.ts';
import { date } from '../../../shared/input/date.ts';
import { domain, host, tld } from '../../../shared/input/domain-name.ts';
import { dsRecords } from '../../../shared/input/ds-records.ts';
import { handle } from '../../../shared/input/handle.ts';
import { ipv4, ipv6 } from '../../../shared/input/ip-address.ts';
import { language } from '../../../shared/input/language.ts';
import { money } from '../../../shared/input/money.ts';
import { nameServers } from '../../../shared/input/name-servers.ts';
import { propertyValue } from '../../../shared/input/property-value.ts';
import { flag, integer, wholeYears } from '../../../shared/input/query.ts';
import { secret } from '../../../shared/input/secret.ts';
import { pattern } from '../../../shared/input/text.ts';
import { clTrId, procId, svTrId } from '../../../shared/input/tracking.ts';
import { anyText } from '../../any-text.ts';

const KINDS: Readonly<Record<string, z.ZodMiniType>> = {
  ...{
    forced,
    onOrOff,
    months: wholeNumber(1, 120),
    country,
    email,
    phone,
    date,
    domain,
    host,
    tld,
  },
  ...{ dsRecords, handle, ipv4, ipv6, language, money, nameServers, propertyValue, flag },
  ...{ number: integer(0, 99), wholeYears, secret, pattern, clTrId, procId, svTrId },
  ...changedContactFields,
};

/** Texts that are near to something. */
const NEAR = fc.constantFrom(
  ...['Y', 'true', '7', '12', '9.50', '2024-02-29', 'example.com', 'bücher.example', 'a@b.c'],
  ...['192.0.2.1', '2001:db8::1', '+49.301234567', 'CEXA-1', 'DE', '[SE]x', 'off', '!@!', '-'],
);
const text = fc.oneof(
  anyText({ maxLength: 12 }),
  fc
    .tuple(NEAR, anyText({ maxLength: 2 }), fc.constantFrom('', '\ud800', '\udfff', '\n', '\u2028'))
    .map((parts) => parts.join('')),
);
const leaf = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.constantFrom<unknown>(null, true, false, 0, 12, -1, 0.5, 1e300, Number.NaN),
);
const record = fc.dictionary(
  fc.constantFrom('keyTag', 'algorithm', 'digestType', 'digest', 'flags', '__proto__', 'toString'),
  fc.oneof(leaf, fc.nat(300)),
);
const value = fc.oneof(leaf, fc.array(fc.oneof(leaf, record), { maxLength: 3 }), record);

describe('whatever comes,', () => {
  test.each(Object.entries(KINDS))('%s reads it or refuses it', (_name, kind) => {
    const property = fc.property(value, (it) => {
      const { success, data, error } = kind.safeParse(it);
      if (success) {
        expect(JSON.stringify(data) ?? '').not.toMatch(
          /\\u00[01]|\\u[dD]|\\[nrtbf]|[\p{Cc}\u2028\u2029]/u,
        );
      } else {
        expect(error.issues[0]?.message).toMatch(/^[a-z].+[^.]$/);
      }
    });
    fc.assert(property, { numRuns: 80 });
  });
});

test('money is a decimal above 0, told as it was given', () => {
  const amounts = fc
    .tuple(fc.nat(1_000_000), fc.stringMatching(/^(\.\d{1,4})?$/))
    .map((parts) => parts.join(''));
  const property = fc.property(amounts, (amount) => {
    expect(money.safeParse(amount)).toMatchObject(
      Number(amount) > 0 ? { success: true, data: amount } : { success: false },
    );
  });
  fc.assert(property);
});

test.each([
  '',
  '0',
  '0.0000',
  '00.1',
  '01',
  '.5',
  '5.',
  '-1',
  '+1',
  '1e3',
  '1,50',
  '1.12345',
  ' 1',
])('no money: %j', (amount) => {
  expect(money.safeParse(amount).success).toBe(false);
});

test('name servers keep their order, each as a host is read', () => {
  const label = fc.stringMatching(/^[a-zA-Z\d]{1,8}$/);
  const hosts = fc.array(
    fc.tuple(label, label).map(([a, b]) => `${a}.${b}.example`),
    { minLength: 1, maxLength: 13 },
  );
  const property = fc.property(hosts, (names) => {
    expect(nameServers.safeParse(names).data).toEqual(names.map((name) => name.toLowerCase()));
    expect(nameServers.safeParse([...names, 'x y']).success).toBe(false);
  });
  fc.assert(property);
});

test('records of DNSSEC are numbered from 1 in their order, and parted by colons', () => {
  const octet = fc.nat(255);
  const twoOctets = fc.nat(65_535);
  const signer = fc.record({
    keyTag: twoOctets,
    algorithm: octet,
    digestType: octet,
    digest: fc.stringMatching(/^([\dA-Fa-f]{2}){1,64}$/),
  });
  const key = fc.record({
    protocol: octet,
    algorithm: octet,
    flags: twoOctets,
    publicKey: fc.stringMatching(/^[\dA-Za-z+/]{4,60}={0,2}$/),
  });
  const property = fc.property(fc.array(fc.oneof(signer, key), { maxLength: 6 }), (records) => {
    const lines = records.map((it) =>
      'digest' in it
        ? `${it.keyTag}:${it.algorithm}:${it.digestType}:${it.digest}`
        : `${it.protocol}:${it.algorithm}:${it.flags}:${it.publicKey}`,
    );
    expect(dsRecords.safeParse(records).data).toEqual({
      dnssec: records.length > 0 ? '1' : '0',
      ...Object.fromEntries(lines.map((line, i) => [`ds-${i + 1}`, line])),
    });
  });
  fc.assert(property);
});
