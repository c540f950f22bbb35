import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsFault } from '../../../infra/local/aws/service.ts';
import { type LocalRun, startLocalRun } from '../../../infra/local/local-run.ts';
import type { Fault, FaultScope } from '../../../infra/local/registrar/faults.ts';
import type { SimulatedRegistrar } from '../../../infra/local/registrar/registrar.ts';
import { type Deletes, watchDeletes } from './deletes.ts';

/** What the load test's other process can be asked for. It is told in messages, each answered. */
export interface ServerCommands {
  start(planted: { kept: number; deletable: number }): Promise<Started>;
  /** Ends all sessions at the registrar. */
  drop(): void;
  arm(fault: Fault & FaultScope): void;
  failAws(service: 'dynamoDb' | 'secretsManager', fault: AwsFault | undefined): void;
  look(): Promise<Look>;
  close(): Promise<void>;
}

export interface Started {
  readonly url: string;
  readonly kept: readonly Planted[];
  readonly deletable: readonly string[];
}

export interface Planted {
  readonly svTrId: string;
  readonly requestObject: string;
}

/** Counts since the start, and the memory of now. */
export interface Look {
  readonly logins: number;
  /** How often a function has gone on without the table of sessions. */
  readonly withoutTable: number;
  readonly deletes: Deletes;
  readonly rssMb: number;
  /** Of the main thread, after a collection of garbage. */
  readonly heapMb: number;
}

const MB = 1024 * 1024;
const RECONCILE_SECONDS = 5;

function createServer(): ServerCommands {
  let run: LocalRun;
  let registrar: SimulatedRegistrar;
  let deletes: ReturnType<typeof watchDeletes>;
  let withoutTable = 0;
  const logs = new Writable({
    write(chunk, _encoding, done) {
      withoutTable += String(chunk).split('"sessions are not shared"').length - 1;
      done();
    },
  });

  return {
    async start(planted) {
      const options = {
        port: 0,
        reconcileSeconds: RECONCILE_SECONDS,
        dmapi: undefined,
        acmeZones: [],
      };
      run = await startLocalRun({ ...options, logs, tell: () => {} });
      if (!run.registrar) throw new Error('The local run has no registrar of its own.');
      registrar = run.registrar;
      await fillLog(registrar);
      deletes = watchDeletes(registrar);
      const plant = (name: string, count: number) =>
        Array.from({ length: count }, (_, n) => plantOne(registrar, `${name}-${n}.example`));
      const kept = plant('kept', planted.kept);
      const deletable = plant('deleted', planted.deletable).map(({ svTrId }) => svTrId);
      return { url: run.url, kept, deletable };
    },
    drop() {
      deletes.noteDrop();
      registrar.dropSessions();
    },
    arm: (fault) => void registrar.faults.arm(fault),
    failAws: (service, fault) => run[service].fail(fault),
    async look() {
      const { rss, heapUsed } = await collected();
      return {
        logins: registrar.logins,
        withoutTable,
        deletes: deletes.count(),
        rssMb: rss / MB,
        heapMb: heapUsed / MB,
      };
    },
    async close() {
      deletes.stop();
      await run.close();
      process.disconnect();
    },
  };
}

/** The memory after a collection: two, with a pause, since what the first one frees may hold more. */
async function collected(): Promise<NodeJS.MemoryUsage> {
  for (let n = 0; n < 2; n++) {
    globalThis.gc?.();
    await sleep(50);
  }
  return process.memoryUsage();
}

/** The registrar keeps its last requests: as long as there are more each time, its memory grows. */
async function fillLog({ url, requests }: SimulatedRegistrar): Promise<void> {
  const params = { 'auth-sid': '0'.repeat(40), svtrid: '0'.repeat(32) };
  for (let before = -1; requests.length > before; ) {
    before = requests.length;
    const asking = Array.from({ length: 50 }, async () => {
      const body = new URLSearchParams(params);
      await (await fetch(`${url}/request/result-retrieve`, { method: 'POST', body })).text();
    });
    await Promise.all(asking);
  }
}

function plantOne(registrar: SimulatedRegistrar, requestObject: string): Planted {
  const { svTrId } = registrar.addResult({ requestObject });
  return { svTrId, requestObject };
}

export interface Message {
  readonly id: number;
  readonly name: keyof ServerCommands;
  readonly args: readonly unknown[];
}

function main(): void {
  const server = createServer();
  process.on('message', async ({ id, name, args }: Message) => {
    try {
      const command = server[name] as (...args: readonly unknown[]) => unknown;
      const result = await command(...args);
      if (process.connected) process.send?.({ id, result });
    } catch (error) {
      process.send?.({ id, error: String(error) });
    }
  });
}

main();
