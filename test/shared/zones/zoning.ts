import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { type DynamoDb, startDynamoDb } from '../../../infra/local/aws/dynamodb.ts';
import { SIMULATED_API_KEY } from '../../../infra/local/registrar/credentials.ts';
import {
  type RegistrarOptions,
  type SimulatedRegistrar,
  startRegistrar,
} from '../../../infra/local/registrar/registrar.ts';
import { openTable, type Table } from '../../../shared/aws/table.ts';
import { deadlineIn } from '../../../shared/dmapi/deadline.ts';
import { readEndpoint } from '../../../shared/dmapi/endpoint.ts';
import { serve } from '../../../shared/http/serve.ts';
import type { Session } from '../../../shared/session/session.ts';
import { createZones, type Zones, type ZonesOptions } from '../../../shared/zones/zones.ts';
import { asking, type Loose, toEvent } from '../../functions/bad-request.ts';
import { actionOf } from '../../functions/every-action.ts';
import { ZONES } from '../../tables.ts';
import { AMPLE_MS } from '../../time.ts';
import { openSession } from '../http/serving.ts';

export const ACCOUNT = '1000001';

/** A registrar and the table of zones on loopback, and the functions that deal with zones. */
export interface ZoneRig {
  readonly registrar: SimulatedRegistrar;
  readonly dynamoDb: DynamoDb;
  /** The account's part of the table. */
  readonly table: Table;
  /** What `place` uses unless told otherwise, to be wrapped. */
  readonly openTable: ZonesOptions['openTable'];
  /** Another execution environment. */
  place(options?: Partial<PlaceOptions>): Place;
  /** Calls in one execution environment. */
  readonly call: Place['call'];
  /** The text of a zone, as dns-zone-get of somebody else with the account gives it. */
  text(domain: string): Promise<string>;
  /** Replaces a zone as somebody else with the account would. */
  put(domain: string, text: string): Promise<void>;
  /** A session of somebody else with the account. */
  readonly elsewhere: Session;
}

export interface PlaceOptions extends ZonesOptions {
  readonly budgetMs: number;
}

/** The functions of one execution environment. */
export interface Place {
  readonly zones: Zones;
  call(name: string, input: Loose, headers?: Readonly<Record<string, string>>): Promise<Answered>;
}

export interface Answered {
  readonly status: number;
  readonly etag: string;
  readonly headers: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  readonly json: any;
  /** The end of the problem's type; undefined for an answer that is none. */
  readonly problem: string | undefined;
}

const closers: (() => Promise<void>)[] = [];

/** Ends all that was started; done after each test anyway. */
export async function closeRigs(): Promise<void> {
  await Promise.all(closers.splice(0).map((close) => close()));
}

afterEach(closeRigs);

export async function startZoneRig(options: RegistrarOptions = {}): Promise<ZoneRig> {
  const [registrar, dynamoDb] = await Promise.all([startRegistrar(options), startDynamoDb()]);
  await dynamoDb.createTable(ZONES);
  const tables = new DynamoDBClient({
    endpoint: dynamoDb.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    // On a slow machine a stand-in may take its time.
    requestHandler: { throwOnRequestTimeout: true },
  });
  closers.push(
    () => registrar.close(),
    () => dynamoDb.close(),
    async () => tables.destroy(),
  );
  const open: ZonesOptions['openTable'] = (account, deadline) =>
    openTable(tables, { name: ZONES.TableName, account, deadline });
  const newSession = () =>
    openSession(readEndpoint(registrar.url), async () => ({ apiKey: SIMULATED_API_KEY }));

  function place({ budgetMs = AMPLE_MS, ...changed }: Partial<PlaceOptions> = {}): Place {
    const options = {
      session: newSession(),
      openTable: open,
      now: Date.now,
      newClaim: randomUUID,
      ...changed,
    };
    const zones = createZones(options);
    const call: Place['call'] = async (name, input, headers = {}) => {
      const action = await actionOf(name);
      const handler = serve(action, {
        session: () => options.session,
        zones: async () => zones,
        budgetMs,
      });
      const event = toEvent({ ...asking(action, input), headers });
      const answer = await handler(event, { awsRequestId: 'test' } as Context);
      const json = answer.body === '' ? undefined : JSON.parse(answer.body);
      const problem = String(json?.type ?? '').replace('urn:dmapi:problem:', '') || undefined;
      const etag = String(answer.headers?.etag ?? '');
      return { status: answer.statusCode, headers: answer.headers ?? {}, etag, json, problem };
    };
    return { zones, call };
  }

  const elsewhere = newSession();
  return {
    registrar,
    dynamoDb,
    table: open(ACCOUNT, deadlineIn(600_000)),
    openTable: open,
    place,
    call: place().call,
    async text(domain) {
      const request = { name: 'dns-zone-get', access: 'read', params: { domain } } as const;
      return (await elsewhere.send(request, deadlineIn(60_000))).body;
    },
    async put(domain, zone) {
      const request = { name: 'dns-zone-put', access: 'modify', params: { domain, zone } } as const;
      await elsewhere.send(request, deadlineIn(60_000));
    },
    elsewhere,
  };
}
