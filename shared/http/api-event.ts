import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Action } from '../action.ts';
import { InvalidInputError } from '../failure.ts';
import { toInvalidInput } from './invalid-input.ts';
import { repeatedKey } from './repeated-key.ts';

/** What is read of an API Gateway proxy event. None of it is trusted to be there. */
export type ApiEvent = Partial<
  Pick<
    APIGatewayProxyEvent,
    | 'body'
    | 'headers'
    | 'multiValueHeaders'
    | 'isBase64Encoded'
    | 'queryStringParameters'
    | 'multiValueQueryStringParameters'
    | 'requestContext'
  >
>;

/** What JSON takes for blank: less than `trim` does. */
const BLANK = /^[ \t\r\n]*$/;

/**
 * Passes on the event of an API Gateway proxy integration, which always has a `requestContext`. What
 * else may call a function, such as a ping that keeps it warm, asks for nothing: taken for a request
 * without parameters, it would end the session that all functions share.
 *
 * @throws InvalidInputError for everything else
 */
export function toApiEvent(event: unknown): ApiEvent {
  if (isRecord(event) && isRecord(event.requestContext)) return event;
  throw new InvalidInputError(
    'requestContext',
    'This is no event of an API Gateway proxy integration: nothing was done.',
  );
}

/**
 * The validated input of an action: from the query string for GET, from the JSON body for POST.
 * @throws InvalidInputError naming the first field that is missing, unknown or malformed.
 */
export function readInput<Input>(action: Action<Input>, event: ApiEvent): Input {
  const query = readQuery(event);
  const body = readBody(event);
  if (action.method === 'GET' && body !== undefined) {
    throw new InvalidInputError('body', 'Parameters of a GET belong in the query string.');
  }
  const [stray] = Object.keys(query);
  if (action.method === 'POST' && stray !== undefined) {
    throw new InvalidInputError(stray, 'Parameters of a POST belong in a JSON body.');
  }
  return validate(action, action.method === 'GET' ? query : (body ?? {}));
}

function readQuery(event: ApiEvent): Record<string, string> {
  const many = event.multiValueQueryStringParameters ?? {};
  const one = event.queryStringParameters ?? {};
  if (!isRecord(many) || !isRecord(one)) {
    throw new InvalidInputError('queryStringParameters', 'The query string cannot be read.');
  }
  const query = new Map<string, string>();
  for (const [name, value] of [...Object.entries(one), ...Object.entries(many)]) {
    const values: unknown[] = Array.isArray(value) ? value : [value];
    const [text] = values;
    if (values.length !== 1) throw notGivenOnce(name);
    if (typeof text !== 'string')
      throw new InvalidInputError(name, 'The parameter must be a text.');
    if ((query.get(name) ?? text) !== text) throw notGivenOnce(name);
    query.set(name, text);
  }
  return Object.fromEntries(query);
}

function readBody(event: ApiEvent): Record<string, unknown> | undefined {
  const text = bodyText(event);
  if (BLANK.test(text)) return undefined;
  const value = readJson(text);
  if (!isRecord(value)) throw new InvalidInputError('body', 'The body must be a JSON object.');
  const repeated = repeatedKey(text);
  if (repeated !== undefined) throw notGivenOnce(repeated);
  return value;
}

function bodyText({ body, isBase64Encoded }: ApiEvent): string {
  const text = body ?? '';
  if (typeof text !== 'string') throw new InvalidInputError('body', 'The body must be a text.');
  return isBase64Encoded ? decodeBase64(text) : text;
}

function decodeBase64(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  // Node passes over what is not base64 and reads the rest.
  if (bytes.toString('base64') !== base64) {
    throw new InvalidInputError('body', 'The body is not base64.');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new InvalidInputError('body', 'The body must be UTF-8 text.');
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidInputError('body', 'The body is not JSON.');
  }
}

function notGivenOnce(name: string): InvalidInputError {
  return new InvalidInputError(name, 'The parameter must be given once.');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function validate<Input>(action: Action<Input>, raw: Record<string, unknown>): Input {
  const result = action.input.safeParse(raw);
  if (result.success) return result.data;
  throw toInvalidInput(action.name, result.error.issues);
}
