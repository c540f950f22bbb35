import { describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Action } from '../../shared/action.ts';
import { serve } from '../../shared/http/serve.ts';
import { captureLog } from '../captured-log.ts';
import { plainOrders } from '../plain-orders.ts';
import { plainZones } from '../plain-zones.ts';
import { loginAnswer, openSession, REQUEST_ID } from '../shared/http/serving.ts';
import { stubRegistrar } from '../stub-registrar.ts';
import { farAway } from '../time.ts';
import { badBodies, badEnvelopes } from './bad-envelopes.ts';
import { repeated, unknownNames, wrongPlaces } from './bad-places.ts';
import { type BadRequest, CANARY, type Loose, toEvent } from './bad-request.ts';
import { badValues } from './bad-values.ts';
import { ACTION_NAMES, actionOf } from './every-action.ts';
import { HAND_WRITTEN } from './hand-written.ts';
import { validInput } from './valid-input.ts';

const log = captureLog();

const LAMBDA_ID = 'lambda-1';
const context = { awsRequestId: LAMBDA_ID } as Context;

/** Serves an action with a session at a registrar of its own, which logs in and says yes. */
async function served(action: Action) {
  const registrar = await stubRegistrar(loginAnswer(), {});
  const session = openSession(registrar.endpoint);
  const handler = serve(action, {
    session: () => session,
    orders: plainOrders(),
    zones: plainZones(session),
    newDeadline: farAway,
  });
  const call = (event: Loose) =>
    handler(toEvent({ requestContext: { requestId: REQUEST_ID }, ...event }), context);
  return { call, registrar };
}

/** What a refusal has to be. Of the request it holds the name of the field and nothing else. */
const refusal = (field: string, requestId = REQUEST_ID) => ({
  statusCode: 400,
  headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  problem: {
    type: 'urn:dmapi:problem:invalid-input',
    title: 'The request is not valid',
    status: 400,
    detail: expect.stringMatching(new RegExp(`^(?!.*${CANARY})[A-Za-z].{8,298}\\.$`)),
    requestId,
    field,
  },
});

function read({ body, ...result }: APIGatewayProxyResult) {
  return { ...result, problem: body && JSON.parse(body) };
}

/** All texts in a request that are long enough to be found in a sentence by no accident. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.length >= 6 ? [value] : [];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : [];
}

/** The log without the name of the field, which can be whatever the caller calls it. */
function logged(): string {
  return JSON.stringify(log.entries().map((entry) => ({ ...entry, field: undefined })));
}

async function expectRefused(action: Action, requests: readonly BadRequest[]): Promise<void> {
  const { call, registrar } = await served(action);
  // Words of the registrar's, such as that of a property, are told among those that it has.
  const good = new Set(textsOf(validInput(action)));
  for (const { what, event, field } of requests) {
    const answer = { what, ...read(await call(event)) };
    expect(answer).toStrictEqual({ what, ...refusal(field) });
    const texts = textsOf(event).filter((text) => !good.has(text));
    expect(texts.filter((text) => answer.problem.detail.includes(text))).toEqual([]);
  }
  expect(registrar.requests).toHaveLength(0);
  expect(logged()).not.toContain(CANARY);
}

const GENERATED: Readonly<Record<string, (action: Action) => BadRequest[]>> = {
  'a parameter that it does not have': unknownNames,
  'a parameter at the wrong place': wrongPlaces,
  'a parameter more than once': repeated,
  'a value that is none': badValues,
  'a body that is none': (action) => thinned(action, badBodies(action)),
  'an event of another form': (action) => thinned(action, badEnvelopes(action)),
};

/** With and without parameters, by either method, flat and nested. */
const IN_FULL = ['login', 'query-profile', 'result-list', 'result-delete', 'domain-modify'];

/** What is refused before anything is known of the action need not be tried in full with all. */
function thinned(action: Action, requests: BadRequest[]): BadRequest[] {
  return requests.filter((_, i) => IN_FULL.includes(action.name) || i % 12 === 0);
}

describe.each(ACTION_NAMES)('%s refuses', (name) => {
  test.each(Object.entries(GENERATED))('%s', async (_what, generate) => {
    const action = await actionOf(name);
    await expectRefused(action, generate(action));
  });

  const written = HAND_WRITTEN[name] ?? [];
  test(`each of ${written.length} that somebody wrote`, async () => {
    await expectRefused(await actionOf(name), written);
  });
});

test('there are thousands of them, no two the same', async () => {
  const seen: string[] = [];
  for (const name of ACTION_NAMES) {
    const action = await actionOf(name);
    const generated = Object.values(GENERATED).flatMap((generate) => generate(action));
    for (const { event } of [...generated, ...(HAND_WRITTEN[name] ?? [])]) {
      seen.push(`${name} ${JSON.stringify(event)}`);
    }
  }
  expect(new Set(seen).size).toBeGreaterThan(2000);
});

test('what is written by hand is for an action that there is', () => {
  expect(ACTION_NAMES).toEqual(expect.arrayContaining(Object.keys(HAND_WRITTEN)));
});
