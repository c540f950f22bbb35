import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CredentialsRejectedError } from '../../../shared/failure.ts';
import { parseCredentials } from '../../../shared/session/parse-credentials.ts';

/** What is said of a value that is refused. */
function complaint(text: string): string {
  try {
    parseCredentials(text);
  } catch (error) {
    if (!(error instanceof CredentialsRejectedError)) throw error;
    expect(error.message + String(error.cause)).not.toMatch(/canary/i);
    const [, what] =
      /^The secret does not hold DMAPI credentials: (.*)\. Its value must be JSON, \{"apiKey": "…"\} or \{"username": "…", "password": "…"\}\.$/.exec(
        error.message,
      ) ?? [];
    return what ?? error.message;
  }
  return 'nothing';
}

const PLAIN_TEXT = 'it is plain text: a bare key, or what the deployment has put there at first';
const CONTROL = 'has a line break or another control character';

describe('credentials are read', () => {
  test.each([
    ['an API key', '{"apiKey":"key"}', { apiKey: 'key' }],
    ['a key that echo has ended', '{"apiKey":"key\\n"}', { apiKey: 'key' }],
    [
      'a key with white space around it',
      '{"apiKey":" \\t\\r\\nkey\\u00a0\\ufeff "}',
      { apiKey: 'key' },
    ],
    ['after a byte order mark', '\ufeff{"apiKey":"key"}', { apiKey: 'key' }],
    ['with white space around the JSON', '\n {"apiKey":"key"}\r\n', { apiKey: 'key' }],
    [
      'a name and a password',
      '{"username":"me@example.net","password":"pass word"}',
      { username: 'me@example.net', password: 'pass word' },
    ],
    [
      'a password with blanks around it, which may be a part of it',
      '{"username":"me","password":" word "}',
      { username: 'me', password: ' word ' },
    ],
    [
      'a password of any letters',
      '{"username":"me","password":"👩‍🚀 é\\u200b"}',
      { username: 'me', password: '👩‍🚀 é\u200b' },
    ],
  ])('%s', (_what, text, credentials) => {
    expect(parseCredentials(text)).toEqual(credentials);
  });
});

describe('what is wrong is named, and no value quoted:', () => {
  test.each([
    ['', 'it is empty, or binary'],
    ['\ufeff \n', 'it is empty, or binary'],
    ['canary-key', PLAIN_TEXT],
    ['\ufeffcanary-key\n', PLAIN_TEXT],
    ['{"apiKey":canary}', 'it is no valid JSON'],
    ['{apiKey:"canary"}', 'it is no valid JSON'],
    ["{'apiKey':'canary'}", 'it is no valid JSON'],
    ['"canary', 'it is no valid JSON'],
    ['"canary-key"', 'it is a text in quotes'],
    ['"{\\"apiKey\\":\\"canary\\"}"', 'it is quoted twice'],
    ['[{"apiKey":"canary"}]', 'it is no JSON object'],
    ['12345678', 'it is no JSON object'],
    ['null', 'it is no JSON object'],
    ['{}', 'it has no "apiKey"'],
    ['{"apikey":"canary"}', '"apikey" must be called "apiKey"'],
    ['{"api-key":"canary"}', '"api-key" must be called "apiKey"'],
    ['{"API_KEY":"canary"}', '"API_KEY" must be called "apiKey"'],
    ['{"key":"canary"}', '"key" must be called "apiKey"'],
    ['{"user":"canary","password":"canary"}', '"user" must be called "username"'],
    ['{"username":"canary","Password":"canary"}', '"Password" must be called "password"'],
    ['{"canary":""}', 'it has a property of another name'],
    ['{"apiKey":"canary","note":"canary"}', 'it has a property of another name'],
    ['{"__proto__":"canary"}', 'it has a property of another name'],
    ['{"constructor":"canary"}', 'it has a property of another name'],
    ['{"apiKey":""}', '"apiKey" is empty'],
    ['{"apiKey":" \\n"}', '"apiKey" is empty'],
    ['{"apiKey":123}', '"apiKey" is no text'],
    ['{"apiKey":null}', '"apiKey" is no text'],
    ['{"apiKey":["canary"]}', '"apiKey" is no text'],
    ['{"apiKey":{"apiKey":"canary"}}', '"apiKey" is no text'],
    ['{"apiKey":"canary key"}', '"apiKey" has white space within'],
    ['{"apiKey":"canary\\u00a0key"}', '"apiKey" has white space within'],
    ['{"apiKey":"canary\\nkey"}', `"apiKey" ${CONTROL}`],
    ['{"apiKey":"canary\\u200bkey"}', '"apiKey" has white space within'],
    ['{"apiKey":"canary\\ud800"}', '"apiKey" is no valid Unicode'],
    [
      '{"apiKey":"canary","username":"canary","password":"canary"}',
      'it has an "apiKey" and also a "username" or a "password"',
    ],
    [
      '{"apiKey":"canary","password":"canary"}',
      'it has an "apiKey" and also a "username" or a "password"',
    ],
    ['{"username":"canary"}', '"password" is missing'],
    ['{"password":"canary"}', '"username" is missing'],
    ['{"username":"canary","password":""}', '"password" is empty'],
    ['{"username":"","password":"canary"}', '"username" is empty'],
    ['{"username":"canary","password":7}', '"password" is no text'],
    ['{"username":" canary","password":"canary"}', '"username" begins or ends with white space'],
    ['{"username":"canary","password":"canary\\n"}', `"password" ${CONTROL}`],
    ['{"username":"canary\\r\\n","password":"canary"}', `"username" ${CONTROL}`],
    ['{"username":"canary","password":"\\udfff"}', '"password" is no valid Unicode'],
  ])('%j: %s', (text, what) => {
    expect(complaint(text)).toBe(what);
  });

  test('whatever the text, it is credentials or refused', () => {
    const name = fc.constantFrom('apiKey', 'apikey', 'username', 'password', '', '__proto__');
    const object = fc
      .array(fc.tuple(name, fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue())), {
        maxLength: 3,
      })
      .map((pairs) => JSON.stringify(Object.fromEntries(pairs)));
    fc.assert(
      fc.property(fc.oneof(object, fc.string({ unit: 'binary' })), (text) => {
        complaint(text);
      }),
    );
  });
});
