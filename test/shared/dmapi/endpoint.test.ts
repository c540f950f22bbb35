import { describe, expect, test } from '@jest/globals';
import { readEndpoint } from '../../../shared/dmapi/endpoint.ts';

describe('the address of a DMAPI service', () => {
  test.each([
    'https://dmapi.joker.com',
    'https://dmapi.joker.com/',
    'https://dmapi.joker.com/request',
    'https://dmapi.joker.com/request/',
    'https://dmapi.joker.com//',
    'HTTPS://DMAPI.JOKER.COM:443',
  ])('may be written %s', (value) => {
    expect(readEndpoint(value).href).toBe('https://dmapi.joker.com/request/');
  });

  test('may have a port and a path of its own', () => {
    expect(readEndpoint('https://proxy.example.net:8443/dmapi').href).toBe(
      'https://proxy.example.net:8443/dmapi/request/',
    );
  });

  test('gives every request its URL', () => {
    const endpoint = readEndpoint('https://dmapi.joker.com');
    expect(new URL('result-list', endpoint).href).toBe(
      'https://dmapi.joker.com/request/result-list',
    );
  });

  test.each([
    'http://localhost:3000',
    'http://LOCALHOST',
    'http://127.0.0.1:8080/request',
    'http://127.1.2.3',
    'http://[::1]:8080',
  ])('may be plain http on this machine: %s', (value) => {
    expect(readEndpoint(value).protocol).toBe('http:');
  });

  test.each([
    'http://dmapi.joker.com',
    'http://localhost.example.net',
    'http://127.0.0.1.example.net',
    'http://0.0.0.0',
    'http://10.0.0.1',
    'http://128.0.0.1',
    'http://[::]',
    'http://[fe80::1]',
    'http://[::ffff:10.0.0.1]',
    'ftp://127.0.0.1',
    'file:///etc/hosts',
    'dmapi.joker.com:443',
    'javascript:alert(1)',
  ])('is refused where credentials would travel in clear: %s', (value) => {
    expect(() => readEndpoint(value)).toThrow(/https:\/\//);
  });

  test.each(['', 'dmapi.joker.com', '/request', 'https://'])('must be a URL: %j', (value) => {
    expect(() => readEndpoint(value)).toThrow('not a URL');
  });

  test.each([
    'https://canary-user@dmapi.joker.com',
    'https://u:canary-password@dmapi.joker.com',
    'http://u:canary-password@127.0.0.1',
    'https://dmapi.joker.com/?api-key=canary-key',
    'https://dmapi.joker.com/#canary',
  ])('must hold nothing secret, and the refusal does not quote it: %s', (value) => {
    expect(() => readEndpoint(value)).toThrow(/^(?!.*canary).*must not hold/);
  });
});
