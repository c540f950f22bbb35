import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SIMULATED_API_KEY } from '../../../infra/local/registrar/credentials.ts';
import {
  type SimulatedRegistrar,
  startRegistrar,
} from '../../../infra/local/registrar/registrar.ts';
import { AWS_REQUEST_HANDLER } from '../../../shared/aws/aws-call.ts';
import { openTable } from '../../../shared/aws/table.ts';
import { createClient } from '../../../shared/dmapi/client.ts';
import { deadlineIn } from '../../../shared/dmapi/deadline.ts';
import { readEndpoint } from '../../../shared/dmapi/endpoint.ts';
import { createLogin } from '../../../shared/session/login.ts';
import { createSession } from '../../../shared/session/session.ts';
import { createZones, type Zones } from '../../../shared/zones/zones.ts';
import { ownSessions } from '../../own-sessions.ts';
import { ZONES } from '../../tables.ts';
import { startServices } from '../services.ts';
import { inTurn, median, percentile, round } from '../statistics.ts';
import type { Row, Table } from '../table.ts';
import { dkimZone, mixedZone } from './zone-texts.ts';

const DOMAIN = 'example.net';
const WRITERS = 50;

/** The ways to add a record, in the order of the table. */
const WAYS = ['bare get and put', 'patch'] as const;
type Way = (typeof WAYS)[number];

const SIZES: readonly { zone: string; text: string; calls: number }[] = [
  { zone: '10 records', text: mixedZone(10), calls: 50 },
  { zone: '1000 records', text: mixedZone(1000), calls: 30 },
  { zone: '10000 records', text: mixedZone(10_000), calls: 10 },
  { zone: '10000 of DKIM size', text: dkimZone(10_000), calls: 5 },
];

/**
 * A record added by a patch, beside the least that adds it: get, append a line, put, by fetch and with
 * nobody else in mind. And fifty patches of one zone that come at once.
 */
export async function benchZoneWrites(): Promise<Table[]> {
  const rows: Row[] = [];
  for (const size of SIZES) rows.push(...(await compare(size)));
  return [
    { title: 'A record added to a zone', rows },
    { title: `${WRITERS} patches of one zone at once`, rows: [await atOnce(0), await atOnce(10)] },
  ];
}

async function compare({ zone, text, calls }: (typeof SIZES)[number]): Promise<Row[]> {
  const world = await startWorld(0);
  try {
    const durations: Record<Way, number[]> = { 'bare get and put': [], patch: [] };
    await world.put(text);
    const before = { requests: world.registrar.requests.length, calls: world.tableCalls() };
    let requests = 0;
    let tableCalls = 0;
    for (let n = 0; n < calls; n++) {
      for (const way of inTurn(n, ...WAYS)) {
        before.requests = world.registrar.requests.length;
        before.calls = world.tableCalls();
        const startedAtMs = performance.now();
        if (way === 'patch') await world.patch(world.zones, `new-${n}`);
        else await world.addBare(`bare-${n} A 0 192.0.2.1 3600`);
        durations[way].push(performance.now() - startedAtMs);
        if (way !== 'patch') continue;
        requests += world.registrar.requests.length - before.requests;
        tableCalls += world.tableCalls() - before.calls;
      }
    }
    const bare = median(durations['bare get and put']);
    return WAYS.map((way) => ({
      zone,
      what: way,
      'p50 ms': round(median(durations[way]), 1),
      'added ms': round(median(durations[way]) - bare, 1),
      requests: way === 'patch' ? round(requests / calls, 1) : 2,
      'DynamoDB calls': way === 'patch' ? round(tableCalls / calls, 1) : 0,
    }));
  } finally {
    await world.close();
  }
}

/** Each writer is an environment of its own. @param latencyMs of each of the registrar's replies */
async function atOnce(latencyMs: number): Promise<Row> {
  const world = await startWorld(latencyMs);
  try {
    await world.put(mixedZone(100));
    const callsBefore = world.tableCalls();
    const writers = Array.from({ length: WRITERS }, () => world.newZones());
    const startedAtMs = performance.now();
    const durations = await Promise.all(
      writers.map(async (zones, n) => {
        await world.patch(zones, `new-${n}`);
        return performance.now() - startedAtMs;
      }),
    );
    return {
      'registrar ms': latencyMs,
      'total s': round(Math.max(...durations) / 1000, 2),
      'p50 s': round(percentile(durations, 0.5) / 1000, 2),
      'DynamoDB calls each': round((world.tableCalls() - callsBefore) / WRITERS, 1),
    };
  } finally {
    await world.close();
  }
}

async function startWorld(latencyMs: number) {
  const registrar = await startRegistrar({ latencyMs });
  const services = await startServices(registrar.url);
  const tables = new DynamoDBClient({
    endpoint: services.dynamoDb.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    requestHandler: AWS_REQUEST_HANDLER,
  });
  const session = openSession(registrar);
  const newZones = () =>
    createZones({
      session,
      openTable: (account, deadline) =>
        openTable(tables, { name: ZONES.TableName, account, deadline }),
      now: Date.now,
      newClaim: randomUUID,
    });
  const bare = await bareClient(registrar);
  const zones = newZones();
  await session.account(deadlineIn(10_000));
  return {
    registrar,
    zones,
    newZones,
    tableCalls: () => [...services.dynamoDb.calls.values()].reduce((sum, count) => sum + count, 0),
    put: bare.put,
    addBare: async (line: string) => bare.put(`${await bare.get()}${line}\n`),
    async patch(by: Zones, name: string) {
      const add = [{ name, type: 'A', record: '192.0.2.1' }];
      const { verified } = await by.patch(
        { domain: DOMAIN, deadline: deadlineIn(25_000) },
        { add },
      );
      if (!verified) throw new Error('The zone was not read back.');
    },
    async close() {
      tables.destroy();
      await Promise.all([services.close(), registrar.close()]);
    },
  };
}

function openSession({ url }: SimulatedRegistrar) {
  const client = createClient(readEndpoint(url));
  const stored = { credentials: { apiKey: SIMULATED_API_KEY }, version: '1' };
  const credentials = { read: async () => stored, readAgain: async () => stored };
  const logIn = createLogin({ client, credentials, now: Date.now });
  return createSession({ client, source: ownSessions(logIn), now: Date.now });
}

/** What a script does: one session, a form, the body after the blank line. */
async function bareClient({ url }: SimulatedRegistrar) {
  const post = async (name: string, params: Record<string, string>) => {
    const body = new URLSearchParams(params);
    const text = await (await fetch(`${url}/request/${name}`, { method: 'POST', body })).text();
    if (!/^Status-Code: 0$/m.test(text)) throw new Error(text.slice(0, 200));
    return text;
  };
  const login = await post('login', { 'api-key': SIMULATED_API_KEY });
  const sid = /^Auth-Sid: (\S+)$/m.exec(login)?.[1] ?? '';
  const zoneOf = (text: string) => text.slice(text.indexOf('\n\n') + 2);
  return {
    get: async () => zoneOf(await post('dns-zone-get', { 'auth-sid': sid, domain: DOMAIN })),
    put: async (zone: string) => {
      await post('dns-zone-put', { 'auth-sid': sid, domain: DOMAIN, zone });
    },
  };
}
