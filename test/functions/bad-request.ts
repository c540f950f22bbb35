import type { Action } from '../../shared/action.ts';
import type { ApiEvent } from '../../shared/http/api-event.ts';

export type Loose = Readonly<Record<string, unknown>>;

/** A request that has to be refused, and the field that the refusal has to name. */
export interface BadRequest {
  readonly what: string;
  /** Fields of any type, as nothing keeps a test console or another caller from sending. */
  readonly event: Loose;
  readonly field: string;
}

/** Part of as many bad values as can hold it: it must not come back. */
export const CANARY = 'canary';

/** The request that gives an action these parameters at their right place. */
export function asking({ method }: Pick<Action, 'method'>, parameters: Loose): Loose {
  if (method === 'POST') return { body: JSON.stringify(parameters) };
  return {
    queryStringParameters: parameters,
    multiValueQueryStringParameters: Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, [value]]),
    ),
  };
}

/** An object with this key of its own, even where it is `__proto__`. */
export function own(name: string, value: unknown): Loose {
  return Object.fromEntries([[name, value]]);
}

export function base64(bytes: string | Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

const HEADERS = { 'idempotency-key': 'k', 'if-match': '*' };

/** As Lambda would hand it over: of API Gateway, with the headers that some need, parsed from JSON. */
export function toEvent(event: Loose): ApiEvent {
  return JSON.parse(JSON.stringify({ requestContext: {}, headers: HEADERS, ...event }));
}
