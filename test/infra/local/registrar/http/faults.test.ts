import { request } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { headerOf, openRegistrar, rowsOf } from '../open-registrar.ts';

const QUICK = { idleMs: 60 };

describe('a connection', () => {
  test('is reset after the request was read, and nothing is carried out', async () => {
    const { registrar, ask } = await openRegistrar();
    registrar.faults.arm({ kind: 'reset', request: 'domain-lock', times: 1 });
    const sent = ask('domain-lock', { domain: 'example.com' });
    await expect(sent).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(registrar.requests.at(-1)?.params.get('domain')).toBe('example.com');
    expect((await ask('result-list', { pending: '1' })).body).toBe('');
  });

  test('hangs', async () => {
    const { registrar, send } = await openRegistrar();
    registrar.faults.arm({ kind: 'hang' });
    await expect(send('login', {}, QUICK)).rejects.toThrow('gave up');
  });

  test('drips the real reply', async () => {
    const { registrar, ask } = await openRegistrar();
    registrar.addResult();
    registrar.faults.arm({ kind: 'drip', request: 'result-list', intervalMs: 1, bytes: 40 });
    expect(rowsOf(await ask('result-list'))).toHaveLength(1);
  });

  test('drips so slowly that only a deadline for the whole helps', async () => {
    const { registrar } = await openRegistrar();
    registrar.faults.arm({ kind: 'drip', intervalMs: 10, bytes: 1 });
    const chunks = await new Promise<number>((resolve) => {
      let seen = 0;
      const outgoing = request(`${registrar.url}/request/login`, (incoming) => {
        incoming.on('error', () => undefined);
        incoming.on('data', () => {
          seen += 1;
          if (seen < 3) return;
          outgoing.destroy();
          resolve(seen);
        });
      });
      outgoing.end();
    });
    expect(chunks).toBe(3);
  });

  test('ends before the announced length', async () => {
    const { registrar, ask } = await openRegistrar();
    registrar.addResult();
    registrar.faults.arm({ kind: 'truncated', request: 'result-list' });
    await expect(ask('result-list')).rejects.toMatchObject({ code: 'ECONNRESET' });
    registrar.faults.clear();
    registrar.faults.arm({ kind: 'truncated', request: 'result-list', missingBytes: 1 });
    await expect(ask('result-list')).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});

describe('a reply', () => {
  test('is a web page', async () => {
    const { registrar, send } = await openRegistrar();
    registrar.faults.arm({ kind: 'html' });
    const reply = await send('login');
    expect(reply.status).toBe(200);
    expect(reply.httpHeaders).toContain('Content-Type: text/html');
    expect(reply.text).toMatch(/^<html>/);
  });

  test('is empty', async () => {
    const { registrar, send } = await openRegistrar();
    registrar.faults.arm({ kind: 'empty' });
    const reply = await send('login');
    expect([reply.status, reply.bytes.length]).toEqual([200, 0]);
    expect(reply.httpHeaders).toContain('Content-Length: 0');
  });

  test('has no Status-Code', async () => {
    const { registrar, ask } = await openRegistrar();
    registrar.faults.arm({ kind: 'noStatus', request: 'result-list' });
    const reply = await ask('result-list');
    expect(reply.headers.map((line) => line.split(':')[0]).sort()).toEqual([
      'Row-Count',
      'Status-Text',
      'Version',
    ]);
    expect(reply.httpHeaders).toContain(`Content-Length: ${reply.bytes.length}`);
  });

  test('is no UTF-8', async () => {
    const { registrar, send } = await openRegistrar();
    registrar.faults.arm({ kind: 'garbled' });
    const { bytes } = await send('login');
    expect(bytes.length).toBe(256);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
  });

  test('is very large, its length announced', async () => {
    const { registrar, send } = await openRegistrar();
    registrar.faults.arm({ kind: 'oversized', bytes: 1_000_000 });
    const reply = await send('login');
    expect(reply.bytes.length).toBe(1_000_000);
    expect(reply.httpHeaders).toContain('Content-Length: 1000000');
    expect(headerOf(reply, 'Status-Code')).toBe('0');
  });

  test('does not end', async () => {
    const { registrar } = await openRegistrar();
    registrar.faults.arm({ kind: 'oversized' });
    const bytes = await new Promise<number>((resolve) => {
      let seen = 0;
      const outgoing = request(`${registrar.url}/request/login`, (incoming) => {
        incoming.on('error', () => undefined);
        incoming.on('data', (chunk: Buffer) => {
          seen += chunk.length;
          if (seen < 5_000_000) return;
          outgoing.destroy();
          resolve(seen);
        });
      });
      outgoing.end();
    });
    expect(bytes).toBeGreaterThanOrEqual(5_000_000);
  });

  test('has another HTTP status, with or without Retry-After', async () => {
    const { registrar, send } = await openRegistrar();
    registrar.faults.arm({ kind: 'httpStatus', status: 503, retryAfter: 7, times: 1 });
    const page = await send('login');
    expect(page.status).toBe(503);
    expect(page.httpHeaders).toContain('Retry-After: 7');
    expect(page.text).toMatch(/^<html>/);
    registrar.faults.arm({ kind: 'httpStatus', status: 429, body: 'plain', times: 1 });
    const plain = await send('login');
    expect([plain.status, plain.text]).toEqual([429, 'Too Many Requests\n']);
    expect(plain.httpHeaders.some((line) => line.startsWith('Retry-After'))).toBe(false);
  });

  test('says that the session is lost, and it is', async () => {
    const { registrar, send, login } = await openRegistrar();
    const [mine, other] = [await login(), await login()];
    registrar.faults.arm({ kind: 'sessionLost', times: 1 });
    const reply = await send('query-profile', { 'auth-sid': mine });
    expect(reply.status).toBe(401);
    expect(headerOf(reply, 'Status-Code')).toBe('2200');
    expect((await send('query-profile', { 'auth-sid': mine })).status).toBe(401);
    expect((await send('query-profile', { 'auth-sid': other })).status).toBe(200);
  });
});

describe('a switch', () => {
  test('meets one request name, so many times, after so many', async () => {
    const { registrar, ask } = await openRegistrar();
    registrar.faults.arm({ kind: 'empty', request: 'Query-Profile', skip: 1, times: 2 });
    const lengths: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      lengths.push((await ask('query-profile')).bytes.length);
      expect((await ask('result-list')).bytes.length).toBeGreaterThan(0);
    }
    expect(lengths.map((length) => length > 0)).toEqual([true, false, false, true, true]);
  });

  test('that was armed first strikes first, and each can be disarmed', async () => {
    const { registrar, send } = await openRegistrar();
    const disarm = registrar.faults.arm({ kind: 'httpStatus', status: 500 });
    registrar.faults.arm({ kind: 'httpStatus', status: 502 });
    expect((await send('login')).status).toBe(500);
    disarm();
    expect((await send('login')).status).toBe(502);
    registrar.faults.clear();
    expect((await send('login')).status).toBe(200);
  });
});
