import { describe, expect, test } from '@jest/globals';
import { challengeName, challengeValue } from '../../../shared/acme/challenge-input.ts';

describe('the name of a challenge', () => {
  test.each([
    ['_acme-challenge.example.com', '_acme-challenge.example.com'],
    ['_acme-challenge.www.example.com.', '_acme-challenge.www.example.com'],
    ['_ACME-Challenge.WWW.Example.COM.', '_acme-challenge.www.example.com'],
    ['_acme-challenge.bücher.example', '_acme-challenge.xn--bcher-kva.example'],
    [`_acme-challenge.${'a.'.repeat(118)}b`, `_acme-challenge.${'a.'.repeat(118)}b`],
  ])('%s is read', (given, ascii) => {
    expect(challengeName.parse(given)).toEqual({ given, ascii });
  });

  test.each([
    '',
    'example.com',
    'www._acme-challenge.example.com',
    '_acme-challengeXexample.com',
    '_acme-challenge.',
    '_acme-challenge.com',
    '_acme-challenge..example.com',
    '_acme-challenge.*.example.com',
    '_acme-challenge._dmarc.example.com',
    '_acme-challenge._acme-challenge.example.com',
    '_acme-challenge.example.com..',
    ' _acme-challenge.example.com',
    '_acme-challenge.example.com\n',
    `_acme-challenge.${'a.'.repeat(119)}b`,
    7,
    null,
    undefined,
  ])('%j is none', (given) => {
    expect(challengeName.safeParse(given).error?.issues[0]?.message).toBe(
      'must be _acme-challenge. and a domain name, such as _acme-challenge.example.com',
    );
  });
});

describe('the value', () => {
  test.each(['x', '!#[]~', 'gfj9Xq-Rg0l9wxUpr0tCvvGLtNkqGv5n1Cd-3eSUfTI', 'a'.repeat(255)])(
    '%s is read as it is',
    (value) => {
      expect(challengeValue.parse(value)).toBe(value);
    },
  );

  test.each(['', 'a b', 'a"b', 'a\\b', 'ü', 'a\n', 'a\u0000', 'a'.repeat(256), 7, null, undefined])(
    '%j is none',
    (value) => {
      expect(challengeValue.safeParse(value).success).toBe(false);
    },
  );
});
