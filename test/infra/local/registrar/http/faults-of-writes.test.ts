import { Agent } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import type { Fault, FaultScope } from '../../../../../infra/local/registrar/faults.ts';
import type {
  RegistrarOptions,
  SimulatedRegistrar,
} from '../../../../../infra/local/registrar/registrar.ts';
import { NOON, openRegistrar } from '../open-registrar.ts';

const domain = 'example.net';
const zoneWith = (address: string) => `$dnssec=no\n$dyndns=no::\na A 0 ${address} 60\n`;
const [FIRST, SECOND, THIRD] = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map(zoneWith) as [
  string,
  string,
  string,
];

/** A registrar with a session, whose zone is the first. */
async function opened(options: RegistrarOptions = {}) {
  const open = await openRegistrar(options);
  const session = { 'auth-sid': await open.login() };
  open.registrar.editZone(domain, () => FIRST);
  const arm = (fault: Fault & FaultScope) => open.registrar.faults.arm(fault);
  const put = (zone: string, call = {}) =>
    open.send('dns-zone-put', { domain, zone, ...session }, call);
  const get = async () => (await open.send('dns-zone-get', { domain, ...session })).body;
  const kept = () => open.registrar.zone(domain);
  return { ...open, arm, put, get, kept };
}

/** Sends a request and is gone as soon as it has been read. */
async function leave(
  send: (agent: Agent) => Promise<unknown>,
  { requests }: SimulatedRegistrar,
): Promise<void> {
  const [agent, before] = [new Agent(), requests.length];
  const sent = send(agent);
  await until(() => requests.length > before);
  agent.destroy();
  await expect(sent).rejects.toMatchObject({ code: 'ECONNRESET' });
}

/** A promise and the way to keep it. */
function gate() {
  let open = () => {};
  const opens = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opens, open };
}

/** Waits until that holds, however long it takes. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe('an answer', () => {
  test('never comes, and what was asked for is done', async () => {
    const { arm, put, get, kept } = await opened();
    arm({ kind: 'lost', request: 'dns-zone-put' });
    const agent = new Agent();
    const sent = put(SECOND, { agent });
    await until(() => kept() === SECOND);
    expect(await Promise.race([sent, get()])).toBe(SECOND);
    agent.destroy();
    await expect(sent).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('is lost with its connection, and what was asked for is done', async () => {
    const { arm, put, kept } = await opened();
    arm({ kind: 'lost', connection: 'destroyed', request: 'dns-zone-put' });
    await expect(put(SECOND)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(kept()).toBe(SECOND);
  });

  test('is cut off in the middle, and its length fits', async () => {
    const { arm, get } = await opened();
    const whole = (await get()) ?? '';
    arm({ kind: 'truncated', missingBytes: 10, fits: true });
    expect(await get()).toBe(whole.slice(0, -10));
  });

  test('holds a byte that is no UTF-8', async () => {
    const { registrar, arm, ask } = await opened();
    registrar.editZone(domain, () => 'a TXT 0 "Bücher" 60');
    arm({ kind: 'latin1', request: 'dns-zone-get' });
    const { bytes } = await ask('dns-zone-get', { domain });
    expect(bytes.includes(Buffer.from('"B\xfccher"', 'latin1'))).toBe(true);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
  });
});

describe('a late write', () => {
  test('outlives its caller', async () => {
    const { registrar, arm, put, kept } = await opened();
    const { opens, open } = gate();
    arm({ kind: 'late', until: opens, request: 'dns-zone-put', times: 1 });
    await leave((agent) => put(SECOND, { agent }), registrar);
    await put(THIRD);
    expect(kept()).toBe(THIRD);
    open();
    await until(() => kept() === SECOND);
  });

  test('is done and answered after that time, if its caller still waits', async () => {
    const { arm, put, kept } = await opened();
    arm({ kind: 'late', afterMs: 40, request: 'dns-zone-put' });
    const startedAt = performance.now();
    const sent = put(SECOND);
    expect(kept()).toBe(FIRST);
    expect((await sent).status).toBe(200);
    // A timer may come a millisecond early.
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(39);
    expect(kept()).toBe(SECOND);
  });

  test('is dated when it is done', async () => {
    const { registrar, arm, ask, pass } = await opened();
    await ask('query-profile');
    const { opens, open } = gate();
    arm({ kind: 'late', until: opens, request: 'query-profile' });
    const sent = ask('query-profile');
    await until(() => registrar.requests.length === 4);
    pass(90_000);
    open();
    const { httpHeaders } = await sent;
    expect(httpHeaders).toContain(`Date: ${new Date(NOON + 90_000).toUTCString()}`);
  });
});

describe('a stale read', () => {
  test('shows the zone before the last write, so many times', async () => {
    const { arm, put, get, kept } = await opened();
    await put(SECOND);
    await put(THIRD);
    arm({ kind: 'stale', request: 'dns-zone-get', times: 2 });
    expect([await get(), await get(), await get()]).toEqual([SECOND, SECOND, THIRD]);
    expect(kept()).toBe(THIRD);
  });

  test('shows no write for so long', async () => {
    const { arm, put, get, pass } = await opened();
    arm({ kind: 'stale', forMs: 1000, request: 'dns-zone-get' });
    pass(5000);
    expect(await get()).toBe(FIRST);
    await put(SECOND);
    pass(600);
    await put(THIRD);
    const seen = [await get()];
    for (let turn = 0; turn < 3; turn += 1) {
      pass(400);
      seen.push(await get());
    }
    expect(seen).toEqual([FIRST, SECOND, SECOND, THIRD]);
  });

  test('shows the oldest of the last eight, where there were more in that time', async () => {
    const { arm, put, get } = await opened();
    arm({ kind: 'stale', forMs: 1000, request: 'dns-zone-get' });
    for (let nth = 1; nth <= 20; nth += 1) await put(nth === 12 ? SECOND : THIRD);
    expect(await get()).toBe(SECOND);
  });

  test('of something else is a real one', async () => {
    const { arm, ask } = await opened();
    arm({ kind: 'stale' });
    expect((await ask('query-profile')).status).toBe(200);
  });
});

describe('latency', () => {
  test('is spent before anything is done, and before every fault', async () => {
    const { arm, put, kept } = await opened({ latencyMs: 40 });
    for (const fault of [{ kind: 'lost', connection: 'destroyed' }, { kind: 'reset' }] as const) {
      arm({ ...fault, request: 'dns-zone-put', times: 1 });
      const startedAt = performance.now();
      await expect(put(SECOND)).rejects.toMatchObject({ code: 'ECONNRESET' });
      // A timer may come a millisecond early.
      expect(performance.now() - startedAt).toBeGreaterThanOrEqual(39);
    }
    expect(kept()).toBe(SECOND);
    await put(THIRD);
    expect(kept()).toBe(THIRD);
  });

  test('does not keep a request whose caller has gone from being done', async () => {
    const { registrar, put, kept } = await opened({ latencyMs: 80 });
    await leave((agent) => put(SECOND, { agent }), registrar);
    await until(() => kept() === SECOND);
  });
});
