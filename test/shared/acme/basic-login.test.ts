import { describe, expect, test } from '@jest/globals';
import { readBasicLogin } from '../../../shared/acme/basic-login.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const ACME = { username: 'acme', password: 'secret' };

describe('a login by HTTP Basic', () => {
  test.each([
    ['as RFC 7617 writes it', `Basic ${base64('acme:secret')}`, ACME],
    ['in lower case', `basic ${base64('acme:secret')}`, ACME],
    ['in upper case, with blanks', `BASIC   ${base64('acme:secret')}`, ACME],
    ['with a colon in the password', `Basic ${base64('acme:a:b:')}`, { ...ACME, password: 'a:b:' }],
    ['in UTF-8', `Basic ${base64('test:123£')}`, { username: 'test', password: '123£' }],
    ['without a password', `Basic ${base64('acme:')}`, { ...ACME, password: '' }],
    ['without a name', `Basic ${base64(':secret')}`, { ...ACME, username: '' }],
    [
      'with a byte order mark',
      `Basic ${base64('\ufeffa:b')}`,
      { username: '\ufeffa', password: 'b' },
    ],
  ])('%s', (_what, header, login) => {
    expect(readBasicLogin(header)).toEqual(login);
  });

  test.each([
    ['nothing', ''],
    ['the scheme alone', 'Basic'],
    ['the scheme and a blank', 'Basic '],
    ['another scheme', `Bearer ${base64('acme:secret')}`],
    ['a signature', 'AWS4-HMAC-SHA256 Credential=x, SignedHeaders=host, Signature=y'],
    ['no scheme', base64('acme:secret')],
    ['what is not base64', 'Basic acme:secret'],
    ['base64 that is cut off', 'Basic YWNtZTpzZWNyZX'],
    ['base64 with bits left over', 'Basic YWNtZTpzZWNyZXR='],
    ['base64 for URLs', `Basic ${Buffer.from('acme:>>>???').toString('base64url')}`],
    ['two of them', `Basic ${base64('acme:secret')}, Basic ${base64('acme:secret')}`],
    ['a line break', `Basic ${base64('acme:secret')}\n`],
    ['what is not UTF-8', `Basic ${Buffer.from('acme:\xff', 'latin1').toString('base64')}`],
    ['no colon', `Basic ${base64('acme')}`],
  ])('is not read out of %s', (_what, header) => {
    expect(readBasicLogin(header)).toBeUndefined();
  });
});
