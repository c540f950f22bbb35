import type { APIGatewayProxyResult } from 'aws-lambda';
import { tooLarge } from '../dmapi/error.ts';

/** Lambda refuses a reply over 6 MB, and the caller would learn nothing but that it failed. */
const MAX_BYTES = 6_000_000;

type Headers = Readonly<Record<string, string>>;

/** A reply with a JSON document. @throws DmapiError where Lambda would not pass it on */
export function jsonReply(statusCode: number, output: unknown, headers: Headers = {}) {
  const body = JSON.stringify(output);
  if (sizeInLambda(body) > MAX_BYTES) throw tooLarge();
  return toReply(statusCode, body, { 'content-type': 'application/json', ...headers });
}

/**
 * A reply with a problem document (RFC 9457). What Lambda would not pass on is left out of it: how a
 * large zone differs, and what the registrar has said at length.
 */
export function problemJson(statusCode: number, problem: object, headers: Headers = {}) {
  const whole = JSON.stringify(problem);
  const body = sizeInLambda(whole) > MAX_BYTES ? JSON.stringify(withoutLists(problem)) : whole;
  return toReply(statusCode, body, { 'content-type': 'application/problem+json', ...headers });
}

function withoutLists(problem: { readonly diff?: object; readonly dmapi?: object }) {
  const { diff, dmapi, ...facts } = problem;
  return {
    ...facts,
    ...(diff && { diff: null }),
    ...(dmapi && { dmapi: { ...dmapi, ...NO_TEXTS } }),
  };
}

const NO_TEXTS = { statusText: null, errors: [], warnings: [] };

/** A reply that has nothing to tell. */
export function noContent(): APIGatewayProxyResult {
  return toReply(204, '', {});
}

function toReply(statusCode: number, body: string, headers: Headers) {
  return { statusCode, headers: { ...headers, 'cache-control': 'no-store' }, body };
}

/** Lambda encodes the body, JSON already, as JSON once more, which doubles it at the most. */
function sizeInLambda(body: string): number {
  const bytes = Buffer.byteLength(body);
  return 2 * bytes <= MAX_BYTES ? bytes : Buffer.byteLength(JSON.stringify(body));
}
