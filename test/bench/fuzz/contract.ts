import type { APIGatewayProxyResult } from 'aws-lambda';
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
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?$/;

/** What of an answer breaks the contract; `undefined` where nothing does. */
export function breach(
  action: string,
  result: APIGatewayProxyResult,
  requestId: string,
): string | undefined {
  const { statusCode, headers = {}, body } = result;
  if (headers['cache-control'] !== 'no-store') return 'it may be stored by caches';
  if (statusCode === 204) {
    return action === 'logout' && body === '' ? undefined : 'a 204 that is none';
  }
  const json = parse(body);
  if (json === undefined) return 'its body is not JSON';
  if (statusCode === 200) {
    const isJson = headers['content-type'] === 'application/json';
    return isJson && isOfShape(action, json) ? undefined : 'a 200 of another shape';
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

function isOfShape(action: string, json: LooseJson): boolean {
  switch (action) {
    case 'login':
      return isLogin(json);
    case 'query-profile':
      return hasKeys(json, ['profile']) && isTexts(json.profile);
    case 'result-delete':
      return hasKeys(json, ['message']) && typeof json.message === 'string';
    case 'result-list':
      if (hasKeys(json, ['count'])) return isCount(json.count);
      return isResultList(json);
    case 'result-retrieve':
      return hasKeys(json, ['status', 'objectName', 'fields', 'content']) && isRetrieved(json);
    default:
      return false;
  }
}

function isResultList(json: LooseJson): boolean {
  const { unreadableRows = [{ row: 1, reason: 'none' }], ...others } = json;
  return (
    hasKeys(others, ['results', 'rowCount']) &&
    isCount(json.rowCount) &&
    json.results.every(isResult) &&
    unreadableRows.length > 0 &&
    unreadableRows.every(isUnreadableRow)
  );
}

function isUnreadableRow(it: LooseJson): boolean {
  return hasKeys(it, ['row', 'reason']) && isCount(it.row) && typeof it.reason === 'string';
}

function isLogin(json: LooseJson): boolean {
  const keys = ['uid', 'userLogin', 'access', 'sessionTimeoutSeconds', 'account', 'stats', 'tlds'];
  const { sessionTimeoutSeconds: seconds } = json;
  return (
    hasKeys(json, keys) &&
    [json.uid, json.userLogin, json.access, ...Object.values(json.account)].every(isTextOrNull) &&
    (seconds === null || isCount(seconds)) &&
    Object.values(json.stats).every((it) => typeof it === 'string' || isCount(it)) &&
    json.tlds.every((tld: unknown) => typeof tld === 'string')
  );
}

function isRetrieved({ status, objectName, fields, content }: LooseJson): boolean {
  return (
    (status === null || isStatus(status)) &&
    isTextOrNull(objectName) &&
    isTexts(fields) &&
    isTextOrNull(content)
  );
}

function isResult(result: LooseJson): boolean {
  const { timestamp, svTrId, procId, requestType, requestObject, status, clTrId } = result;
  return (
    Object.keys(result).length === 7 &&
    TIMESTAMP.test(timestamp) &&
    [svTrId, procId, requestType].every((it) => typeof it === 'string') &&
    [svTrId, procId].some((it) => it !== '' && it !== '-') &&
    isStatus(status) &&
    [requestObject, clTrId].every(isTextOrNull)
  );
}

function isStatus(status: unknown): boolean {
  return ['ack', 'nack', 'pending', 'unknown'].includes(String(status));
}

function hasKeys(json: LooseJson, keys: readonly string[]): boolean {
  return Object.keys(Object(json)).sort().join() === [...keys].sort().join();
}

function isTexts(json: LooseJson): boolean {
  return Object.values(json).every((it) => typeof it === 'string');
}

function isTextOrNull(it: unknown): boolean {
  return it === null || typeof it === 'string';
}

function isCount(it: unknown): boolean {
  return Number.isSafeInteger(it) && Number(it) >= 0;
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
