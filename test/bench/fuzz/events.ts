import fc from 'fast-check';
import type { Action } from '../../../shared/action.ts';
import { anyText } from '../../any-text.ts';
import { badBodies, badEnvelopes } from '../../functions/bad-envelopes.ts';
import { repeated, unknownNames, wrongPlaces } from '../../functions/bad-places.ts';
import { asking, CANARY, type Loose } from '../../functions/bad-request.ts';
import { badValues } from '../../functions/bad-values.ts';
import { ACTION_NAMES, actionOf } from '../../functions/every-action.ts';
import { HAND_WRITTEN } from '../../functions/hand-written.ts';
import { parametersOf, validInput } from '../../functions/valid-input.ts';

/** An event for the function of an action. */
export interface EventCase {
  readonly action: string;
  readonly event: Loose;
}

type Json = unknown;
type Mutation = (event: Loose) => Loose;

/** Larger ones cost more time than they find in: the tests send them once each. */
const MAX_SEED_LENGTH = 5000;

/** Texts that could mean something to whoever reads them next. */
const TELLING = [
  'a\r\nauth-sid: b',
  'a&auth-sid=injected',
  'a\nError: x',
  '\0',
  '\u2028',
  '\ud800',
  '%0d%0a',
  '__proto__',
  'constructor',
  '7',
  '-7',
  '1e3',
  'true',
  'ack',
  'pending',
  '2024-02-29',
  '2023-02-29',
  '*',
  `\${${CANARY}}`,
  'x'.repeat(256),
  '{"svTrId":"a"}',
  'eyJzdlRySWQiOiJhIn0=',
];

const text = fc.oneof(fc.constantFrom(...TELLING), anyText({ maxLength: 12 }));
const value: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.constantFrom<Json>(null, true, false, 0, 7, -1.5, [], {}, [['7']], { svTrId: 'a' }),
  fc.array(text, { maxLength: 3 }),
);

/** Events made of what is known to be good or bad for the action, and of changes to it. */
export async function eventCases(): Promise<fc.Arbitrary<EventCase>> {
  const all = await Promise.all(ACTION_NAMES.map(actionOf));
  return fc.oneof(...all.map(casesOf));
}

function casesOf(action: Action): fc.Arbitrary<EventCase> {
  const names = Object.keys(parametersOf(action));
  const good = [undefined, ...names].map((name) => asking(action, validInput(action, name)));
  const generated = [badValues, badBodies, badEnvelopes, unknownNames, wrongPlaces, repeated];
  const bad = [
    ...generated.flatMap((generate) => generate(action)),
    ...(HAND_WRITTEN[action.name] ?? []),
  ].map(({ event }) => event);
  const seeds = bad.filter((event) => (JSON.stringify(event) ?? '').length < MAX_SEED_LENGTH);
  const name = fc.oneof(fc.constantFrom(...names, 'auth-sid', '__proto__'), text);
  const parameters = fc
    .array(fc.tuple(name, value), { maxLength: 4 })
    .map((pairs) => asking(action, Object.fromEntries(pairs)));
  const start = fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...good) },
    fc.constantFrom(...seeds),
    parameters,
  );
  return fc.tuple(start, fc.array(mutation(name), { maxLength: 3 })).map(([event, mutations]) => ({
    action: action.name,
    event: mutations.reduce((changed, mutate) => mutate(changed), event),
  }));
}

const FIELDS = [
  'body',
  'isBase64Encoded',
  'queryStringParameters',
  'multiValueQueryStringParameters',
  'requestContext',
  'headers',
];

function mutation(name: fc.Arbitrary<string>): fc.Arbitrary<Mutation> {
  const field = fc.constantFrom(...FIELDS);
  return fc.oneof(
    fc.tuple(field, value).map(
      ([key, it]): Mutation =>
        (event) => ({ ...event, [key]: it }),
    ),
    fc.tuple(name, value).map(([key, it]) => inQuery(key, it)),
    fc.tuple(name, value).map(([key, it]) => inBody(key, it)),
    fc.tuple(fc.nat(400), fc.nat(3), text).map(([at, length, it]) => inText(at, length, it)),
    fc.constant<Mutation>(encoded),
    fc.constantFrom<Json>({ requestId: 'given' }, { requestId: 7 }, 'x', null).map(
      (it): Mutation =>
        (event) => ({ ...event, requestContext: it }),
    ),
  );
}

function inQuery(name: string, it: Json): Mutation {
  return (event) => ({
    ...event,
    queryStringParameters: Object.fromEntries([
      ...Object.entries(Object(event.queryStringParameters)),
      [name, it],
    ]),
  });
}

function inBody(name: string, it: Json): Mutation {
  const pair = `${JSON.stringify(name)}:${JSON.stringify(it)}`;
  return (event) => {
    const body = textOf(event.body) || '{}';
    return { ...event, body: body.replace(/^\{\s*(\}?)/, (_, end) => `{${pair}${end || ','}`) };
  };
}

function inText(at: number, length: number, it: string): Mutation {
  return (event) => {
    const body = textOf(event.body);
    const from = body.length === 0 ? 0 : at % body.length;
    return { ...event, body: body.slice(0, from) + it + body.slice(from + length) };
  };
}

function encoded(event: Loose): Loose {
  const body = Buffer.from(textOf(event.body)).toString('base64');
  return { ...event, body, isBase64Encoded: true };
}

function textOf(body: Json): string {
  return typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
}
