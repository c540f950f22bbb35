import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { SIMULATED_API_KEY } from '../../../infra/local/registrar/credentials.ts';
import { openTable, type Table } from '../../../shared/aws/table.ts';
import type { Deadline } from '../../../shared/dmapi/deadline.ts';
import { readEndpoint } from '../../../shared/dmapi/endpoint.ts';
import { serve } from '../../../shared/http/serve.ts';
import { attend } from '../../../shared/orders/attend.ts';
import { openOrderBook } from '../../../shared/orders/order-book.ts';
import { createOrders, type Orders, type OrdersOptions } from '../../../shared/orders/orders.ts';
import { createPlacing } from '../../../shared/orders/place.ts';
import { openSightings } from '../../../shared/orders/sightings.ts';
import type { Standing } from '../../../shared/orders/standing.ts';
import { settledAmong } from '../../../shared/reconciler/settled-results.ts';
import type { Session } from '../../../shared/session/session.ts';
import { asking, type Loose, toEvent } from '../../functions/bad-request.ts';
import { actionOf } from '../../functions/every-action.ts';
import { ORDERS } from '../../tables.ts';
import { deadlineAtWill, farAway } from '../../time.ts';
import { openSession } from '../http/serving.ts';
import { ACCOUNT, type Rig, type RigOptions, startRig } from '../reconciler/reconciling.ts';

/** A registrar, the tables and the reconciler on loopback, and the functions that order. */
export interface OrderRig extends Rig {
  /** The account's part of the table of orders. */
  readonly orders: Table;
  /** What `place` uses unless told otherwise, to be wrapped. */
  readonly openOrders: OrdersOptions['openTable'];
  /** Another execution environment. */
  place(options?: Partial<PlaceOptions>): Place;
  /** One whose time is over once it is about to send something: nothing is sent. */
  placeThatDies(): Place;
  /** Calls in one execution environment. */
  readonly call: Place['call'];
  /** The reconciler's work on orders. */
  attend(options?: Partial<AttendRunOptions>): Promise<Standing>;
  /** What the registrar was sent of that name, with its parameters. */
  sent(name: string): readonly ReadonlyMap<string, string>[];
  /** A session of somebody else with the account. */
  readonly elsewhere: Session;
}

export interface PlaceOptions extends Pick<OrdersOptions, 'maxOrderPrice' | 'openTable' | 'wake'> {
  readonly session: Session;
  /** @default one that nothing misses */
  readonly deadline: Deadline;
}

/** The functions of one execution environment. */
export interface Place {
  readonly orders: Orders;
  call(name: string, input: Loose, how?: How): Promise<Answered>;
}

export interface How {
  readonly key?: string;
  /** `requestContext.identity.caller`. */
  readonly caller?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What else there is of the event. */
  readonly event?: Loose;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  readonly json: any;
  /** The end of the problem's type; undefined for an answer that is none. */
  readonly problem: string | undefined;
}

export interface AttendRunOptions {
  readonly looks: boolean;
  readonly session: Session;
  readonly openTable: OrdersOptions['openTable'];
}

export const CONTACTS = {
  ownerContact: 'CCOM-1000007',
  billingContact: 'CCOM-1000007',
  adminContact: 'CCOM-1000007',
  techContact: 'CCOM-1000007',
};
export const REGISTER = {
  domain: 'new.example',
  periodMonths: 12,
  ...CONTACTS,
  nameServers: ['ns1.example.org', 'ns2.example.org'],
};
export const RENEW = { domain: 'example.org', periodMonths: 12 };
export const TRANSFER = { domain: 'moving.example', transferAuthId: 'code', ...CONTACTS };

/** Starts them; what had settled before the first run of the reconciler is told, too. */
export async function startOrderRig(options: RigOptions = {}): Promise<OrderRig> {
  const rig = await startRig({
    maxAttempts: 1,
    randomSeed: 1,
    publishHistory: true,
    ...options,
  });
  const { registrar, dynamoDb, clock } = rig;
  const now = () => clock.nowMs;
  await dynamoDb.createTable(ORDERS);
  const tables = tablesAt(dynamoDb.url, options.maxAttempts ?? 1);
  const open: OrdersOptions['openTable'] = (account, deadline) =>
    openTable(tables, { name: ORDERS.TableName, account, deadline });
  const newSession = () =>
    openSession(readEndpoint(registrar.url), async () => ({ apiKey: SIMULATED_API_KEY }));

  function place(changed: Partial<PlaceOptions> = {}): Place {
    const { session = newSession(), deadline, ...others } = changed;
    const orders = createOrders({
      session,
      openTable: open,
      maxOrderPrice: undefined,
      wake: async () => {},
      now,
      newClaim: randomUUID,
      ...others,
    });
    return { orders, call: caller({ session, orders, deadline }) };
  }

  function placeThatDies(): Place {
    const deadline = deadlineAtWill();
    const session = {
      ...newSession(),
      send: () => {
        deadline.pass();
        return new Promise<never>(() => {});
      },
    };
    return place({ session, deadline });
  }

  const attendance = newSession();
  return {
    ...rig,
    orders: open(ACCOUNT, farAway()),
    openOrders: open,
    place,
    placeThatDies,
    call: place().call,
    attend: (changed = {}) =>
      attendOnce(rig, { looks: true, session: attendance, openTable: open, ...changed }),
    sent: (name) =>
      registrar.requests.filter((request) => request.name === name).map(({ params }) => params),
    elsewhere: newSession(),
  };
}

function tablesAt(endpoint: string, maxAttempts: number): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts,
  });
}

interface Calling {
  readonly session: Session;
  readonly orders: Orders;
  readonly deadline: Deadline | undefined;
}

function caller({ session, orders, deadline }: Calling): Place['call'] {
  return async (name, input, { key, caller = 'AROA:task', headers = {}, event = {} } = {}) => {
    const action = await actionOf(name);
    const handler = serve(action, {
      session: () => session,
      orders: async () => orders,
      newDeadline: () => deadline ?? farAway(),
    });
    const sent = toEvent({
      ...asking(action, input),
      headers: { ...headers, ...(key !== undefined && { 'Idempotency-Key': key }) },
      requestContext: { requestId: 'r', path: `/v1/${name}`, identity: { caller } },
      ...event,
    });
    const answer = await handler(sent, { awsRequestId: 'test' } as Context);
    const json = answer.body === '' ? undefined : JSON.parse(answer.body);
    const problem = String(json?.type ?? '').replace('urn:dmapi:problem:', '') || undefined;
    return { status: answer.statusCode, headers: answer.headers ?? {}, json, problem };
  };
}

/** What the reconciler's function does after each of its runs, by the rig's clock. */
async function attendOnce(rig: Rig, { looks, session, openTable: open }: AttendRunOptions) {
  const deadline = farAway();
  const now = () => rig.clock.nowMs;
  const book = openOrderBook(open(ACCOUNT, deadline), now);
  const sightings = openSightings(session);
  const placing = createPlacing({
    account: ACCOUNT,
    book,
    sightings,
    retrieve: async () => undefined,
    now,
    newClaim: randomUUID,
  });
  return await attend({
    book,
    placing,
    settled: (references) => settledAmong(rig.table, references),
    isOpen: async (object, by) =>
      (await sightings.rows(object, by)).results.some(
        ({ status }) => status === 'pending' || status === 'unknown',
      ),
    looks,
    askedBeforeMs: undefined,
    now,
    deadline,
  });
}
