import { describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Action } from '../../shared/action.ts';
import { serve } from '../../shared/http/serve.ts';
import { captureLog } from '../captured-log.ts';
import { loginAnswer, openSession, REQUEST_ID } from '../shared/http/serving.ts';
import { stubRegistrar } from '../stub-registrar.ts';
import { badBodies, badEnvelopes } from './bad-envelopes.ts';
import { repeated, unknownNames, wrongPlaces } from './bad-places.ts';
import { type BadRequest, CANARY, type Loose, toEvent } from './bad-request.ts';
import { badValues } from './bad-values.ts';
import { ACTION_NAMES, actionOf } from './every-action.ts';
import { HAND_WRITTEN } from './hand-written.ts';

const log = captureLog();

const LAMBDA_ID = 'lambda-1';
const context = { awsRequestId: LAMBDA_ID } as Context;

/** Serves an action with a session at a registrar of its own, which logs in and says yes. */
async function served(action: Action) {
  const registrar = await stubRegistrar(loginAnswer(), {});
  const session = openSession(registrar.endpoint);
  const handler = serve(action, { session: () => session, budgetMs: 5000 });
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
    detail: expect.stringMatching(new RegExp(`^(?!.*${CANARY})[A-Za-z].{8,118}\\.$`)),
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
  for (const { what, event, field } of requests) {
    const answer = { what, ...read(await call(event)) };
    expect(answer).toStrictEqual({ what, ...refusal(field) });
    expect(textsOf(event).filter((text) => answer.problem.detail.includes(text))).toEqual([]);
  }
  expect(registrar.requests).toHaveLength(0);
  expect(logged()).not.toContain(CANARY);
}

const GENERATED: Readonly<Record<string, (action: Action) => BadRequest[]>> = {
  'a parameter that it does not have': unknownNames,
  'a parameter at the wrong place': wrongPlaces,
  'a parameter more than once': repeated,
  'a value that is none': badValues,
  'a body that is none': badBodies,
  'an event of another form': badEnvelopes,
};

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
