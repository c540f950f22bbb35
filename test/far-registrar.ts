import dns from 'node:dns';
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, jest } from '@jest/globals';
import { readEndpoint } from '../shared/dmapi/endpoint.ts';

export interface FarRegistrar {
  readonly endpoint: URL;
  /** Lets connections come in from now on. Before, none is made, and none is refused. */
  open(): void;
}

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** A registrar at 127.0.0.1 that no connection reaches until it is opened. */
export async function farRegistrar(tls?: { key: Buffer; cert: Buffer }): Promise<FarRegistrar> {
  const awake = new Int32Array(new SharedArrayBuffer(4));
  const open = () => {
    Atomics.store(awake, 0, 1);
    Atomics.notify(awake, 0);
  };
  const thread = new Worker(new URL('./far-registrar-thread.mjs', import.meta.url), {
    workerData: { awake, tls },
  });
  const [port] = await once(thread, 'message');
  const waiting = await fillQueue(port);
  closers.push(async () => {
    open();
    for (const socket of waiting) socket.destroy();
    await thread.terminate();
  });
  return { endpoint: readEndpoint(`${tls ? 'https' : 'http'}://127.0.0.1:${port}`), open };
}

/** Connects until the kernel lets nobody in any more. */
async function fillQueue(port: number): Promise<net.Socket[]> {
  const waiting: net.Socket[] = [];
  for (;;) {
    const socket = net.connect(port, '127.0.0.1').on('error', () => {});
    waiting.push(socket);
    const connected = once(socket, 'connect').then(() => true);
    if (!(await Promise.race([connected, stuck()]))) return waiting;
  }
}

/** A while without a connection, of which a busy machine has seen as much as an idle one. */
async function stuck(): Promise<boolean> {
  await sleep(200);
  for (let turns = 0; turns < 10; turns++) await new Promise(setImmediate);
  return false;
}

/** Has the name `localhost` of that endpoint stand for these addresses, in this order. */
export function named(endpoint: URL, addresses: readonly string[]): URL {
  const all = addresses.map((address) => ({ address, family: net.isIP(address) }));
  const lookup = (_name: string, _options: unknown, found: (...result: unknown[]) => void) =>
    process.nextTick(found, null, all);
  jest.spyOn(dns, 'lookup').mockImplementation(lookup as never);
  return new URL(endpoint.href.replace('127.0.0.1', 'localhost'));
}
