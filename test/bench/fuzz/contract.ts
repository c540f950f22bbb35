import type { APIGatewayProxyResult } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { Action } from '../../../shared/action.ts';
import { definitionOf } from '../../functions/every-action.ts';
import type { LooseJson } from '../load/calls.ts';

/** Which statuses a type of problem has. */
const STATUS_OF: Readonly<Record<string, number>> = {
  'invalid-input': 400,
  'not-permitted': 403,
  'not-found': 404,
  conflict: 409,
  refused: 422,
  'credentials-rejected': 502,
  'unreadable-reply': 502,
  unavailable: 503,
  timeout: 504,
};

const PROBLEM_KEYS = ['type', 'title', 'status', 'detail', 'requestId', 'field', 'dmapi'];

/** What of an answer breaks the contract; `undefined` where nothing does. */
export function breach(
  action: Action,
  result: APIGatewayProxyResult,
  requestId: string,
): string | undefined {
  const { statusCode, headers = {}, body } = result;
  if (headers['cache-control'] !== 'no-store') return 'it may be stored by caches';
  if (statusCode === 204) {
    return action.name === 'logout' && body === '' ? undefined : 'a 204 that is none';
  }
  const json = parse(body);
  if (json === undefined) return 'its body is not JSON';
  if (statusCode === 200 || statusCode === 202) {
    if (headers['content-type'] !== 'application/json') return 'no JSON by its type';
    if (statusCode === 202 && !isAccepted(action, json, headers.location)) return 'no acceptance';
    return isOfShape(action, json) ? undefined : `a ${statusCode} of another shape`;
  }
  if (headers['content-type'] !== 'application/problem+json') return 'no problem document';
  const type = String(json.type).replace(/^urn:dmapi:problem:/, '');
  if (STATUS_OF[type] !== statusCode || json.status !== statusCode) return 'no known failure';
  if (json.requestId !== requestId) return 'another requestId';
  if (Object.keys(json).some((key) => !PROBLEM_KEYS.includes(key))) return 'an unknown member';
  if (!isFieldRight(type, json)) return 'no field at fault, or one too many';
  if (statusCode === 503 && !/^\d+$/.test(String(headers['retry-after']))) return 'no Retry-After';
  return undefined;
}

/** Bad input always has one, what the registrar refuses can have one, and nothing else has. */
function isFieldRight(type: string, { field, status, dmapi }: LooseJson): boolean {
  if (type === 'invalid-input') return typeof field === 'string';
  const mayBlame = status < 500 && dmapi !== undefined;
  return field === undefined || (mayBlame && typeof field === 'string');
}

function parse(body: string): LooseJson {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const replies = new WeakMap<Action, z.ZodMiniType>();

/** Whether it is what the definition says of its reply. */
function isOfShape(action: Action, json: LooseJson): boolean {
  const schema = replies.get(action) ?? definitionOf(action).reply();
  replies.set(action, schema);
  return schema.safeParse(json).success;
}

/** Accepted, and where its result will be. */
function isAccepted({ isQueued }: Action, { status }: LooseJson, location: unknown): boolean {
  const isPlace =
    location === undefined ||
    /\/result-retrieve\?(svTrId|procId)=[\w%.~!*'()-]+$/.test(String(location));
  return isQueued && status === 'pending' && isPlace;
}

/**
 * Whether a reply may be taken for a success, read in another way than the client's: HTTP 2xx, one
 * Status-Code of 0 or 1000 to 1999 among the lines before the first blank one, no Error, no NACK.
 */
export function maySucceed(httpStatus: number, bytes: Uint8Array): boolean {
  if (httpStatus < 200 || httpStatus > 299) return false;
  const codes = statusCodes(bytes);
  const isGood = /^(0|1\d{3})$/.test(codes[0] ?? '') && codes.every((code) => code === codes[0]);
  return isGood && !/^error:/im.test(headOf(bytes)) && !/^result:\s*nack\s*$/im.test(headOf(bytes));
}

/** Whether a reply may be taken for a refusal of the session. */
export function mayRefuseSession(httpStatus: number, bytes: Uint8Array): boolean {
  return httpStatus === 401 || statusCodes(bytes).some((code) => /^(2200|-401|2501)$/.test(code));
}

/** Whether a reply tells that there is no such object. */
export function saysNotFound(bytes: Uint8Array): boolean {
  return statusCodes(bytes).includes('2303');
}

function statusCodes(bytes: Uint8Array): string[] {
  const lines = headOf(bytes).matchAll(/^status-code:[ ]*(.*?)[ ]*\r?$/gim);
  return Array.from(lines, ([, code = '']) => code);
}

function headOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  return text.split(/(?:^|\n)\r?\n/, 1)[0] ?? '';
}
