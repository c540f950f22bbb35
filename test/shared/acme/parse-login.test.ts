import { describe, expect, test } from '@jest/globals';
import { parseLogin } from '../../../shared/acme/parse-login.ts';

test('a login is read as it is, and what else is there is left alone', () => {
  const login = { username: 'acme', password: ' a:b ' };
  expect(parseLogin(JSON.stringify({ ...login, note: 'for Traefik' }))).toEqual(login);
});

describe('a secret that holds none says what is wrong, and never what it holds', () => {
  test.each([
    ['', 'it is no JSON'],
    ['canary', 'it is no JSON'],
    ['"canary"', '"username" is missing'],
    ['null', '"username" is missing'],
    ['["canary"]', '"username" is missing'],
    ['{"password":"canary"}', '"username" is missing'],
    ['{"username":"canary"}', '"password" is missing'],
    ['{"username":"canary","password":7}', '"password" is no text'],
    ['{"username":"canary","password":""}', '"password" is empty'],
    ['{"username":"","password":"canary"}', '"username" is empty'],
    ['{"username":"canary:x","password":"canary"}', '"username" has a colon'],
  ])('%s', (text, wrong) => {
    let error: Error | undefined;
    try {
      parseLogin(text);
    } catch (thrown) {
      error = thrown as Error;
    }
    expect(error?.message).toContain(
      `The secret does not hold what ACME clients log in with: ${wrong}.`,
    );
    expect(`${error?.message}${error?.stack}${error?.cause}`).not.toContain('canary');
  });
});
