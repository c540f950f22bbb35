import { spawn } from 'node:child_process';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';

const PROJECT = path.join(import.meta.dirname, '../../..');

interface Started {
  readonly output: () => { readonly stdout: string; readonly stderr: string };
  readonly exited: Promise<number | null>;
  /** Resolves once standard output holds the text, or the process has ended without it. */
  seen(text: RegExp): Promise<RegExpExecArray | null>;
  kill(signal: NodeJS.Signals): void;
}

const running: Started[] = [];

afterEach(async () => {
  for (const started of running.splice(0)) {
    started.kill('SIGINT');
    await started.exited;
  }
});

/** Starts the local run. */
function start(env: Record<string, string>): Started {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn('npm', ['start', '--silent'], { cwd: PROJECT, env: { PATH, HOME, ...env } });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  const seen = (text: RegExp) =>
    new Promise<RegExpExecArray | null>((resolve) => {
      const look = () => {
        const match = text.exec(output.stdout);
        if (match) resolve(match);
      };
      child.stdout.on('data', look);
      exited.then(() => resolve(text.exec(output.stdout)));
      look();
    });
  const started = {
    output: () => output,
    exited,
    seen,
    kill: (signal: NodeJS.Signals) => void child.kill(signal),
  };
  running.push(started);
  return started;
}

const READY = /^ready (http:\/\/127\.0\.0\.1:\d+)$/m;

describe('npm start', () => {
  test('shows its steps, is ready, answers, and ends with 0 at Ctrl-C', async () => {
    const run = start({ PORT: '0' });
    const ready = await run.seen(READY);
    expect(run.output()).toMatchObject({ stderr: '' });
    expect(run.output().stdout).toMatch(/^simulated registrar at http:\/\/127\.0\.0\.1:\d+$/m);
    const response = await fetch(`${ready?.[1]}/v1/query-profile`);
    expect(response.status).toBe(200);
    run.kill('SIGINT');
    expect(await run.exited).toBe(0);
    await expect(fetch(`${ready?.[1]}/v1/query-profile`)).rejects.toThrow();
  });

  test('lives on when a caller goes away in the middle of a request', async () => {
    const run = start({ PORT: '0' });
    const ready = await run.seen(READY);
    const profile = `${ready?.[1]}/v1/query-profile`;
    const socket = net.connect(Number(new URL(profile).port), '127.0.0.1');
    socket.write('POST /v1/result-delete HTTP/1.1\r\nhost: localhost\r\n');
    socket.write('content-length: 100\r\n\r\n{"half');
    await new Promise((resolve) => socket.once('connect', resolve));
    expect((await fetch(profile)).status).toBe(200);
    socket.resetAndDestroy();
    for (let i = 0; i < 3; i++) expect((await fetch(profile)).status).toBe(200);
  });

  test('ends with 0 at a Ctrl-C while it starts, and does not claim to be ready', async () => {
    const run = start({ PORT: '0' });
    await run.seen(/^simulated registrar/m);
    run.kill('SIGINT');
    expect(await run.exited).toBe(0);
    expect(run.output()).toMatchObject({ stdout: expect.not.stringMatching(READY), stderr: '' });
  });

  test('uses the registrar that DMAPI_URL names', async () => {
    const run = start({
      PORT: '0',
      DMAPI_URL: 'http://127.0.0.1:9',
      DMAPI_API_KEY: 'canary-key-123',
    });
    const ready = await run.seen(READY);
    const response = await fetch(`${ready?.[1]}/v1/query-profile`);
    expect(response.status).toBe(503);
    expect(JSON.stringify(run.output())).not.toContain('canary');
  });
});

describe('one line and exit code 1', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['a port that is no port', { PORT: '70000' }, /^PORT must be .*70000/],
    ['a port in words', { PORT: 'http' }, /^PORT must be /],
    ['no time between runs', { RECONCILE_SECONDS: '0' }, /^RECONCILE_SECONDS must be .*"0"/],
    ['more than a day', { RECONCILE_SECONDS: '86401' }, /^RECONCILE_SECONDS must be /],
    ['half seconds', { RECONCILE_SECONDS: '2.5' }, /^RECONCILE_SECONDS must be /],
    ['zones that are none', { ACME_ZONES: 'example.com,com' }, /^ACME_ZONES must be .*,com"/],
    ['a bad DMAPI_URL', { DMAPI_URL: 'joker', DMAPI_API_KEY: 'k' }, /^DMAPI_URL .*not a URL/],
    [
      'a DMAPI_URL without TLS',
      { DMAPI_URL: 'http://dmapi.example', DMAPI_API_KEY: 'k' },
      /^DMAPI_URL .*https/,
    ],
    ['missing credentials', { DMAPI_URL: 'https://dmapi.example' }, /^DMAPI_URL needs credentials/],
    [
      'a missing password',
      { DMAPI_URL: 'https://dmapi.example', DMAPI_USERNAME: 'u' },
      /^DMAPI_URL needs credentials/,
    ],
  ])('for %s', async (_name, env, message) => {
    const run = start(env);
    expect(await run.exited).toBe(1);
    const { stdout, stderr } = run.output();
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
  });

  test('for a port that is taken', async () => {
    const other = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const run = start({ PORT: String(port) });
    expect(await run.exited).toBe(1);
    other.close();
    expect(run.output().stderr).toBe(
      `Port ${port} is taken: set PORT to another one, or to 0 for a free one.\n`,
    );
  });
});
