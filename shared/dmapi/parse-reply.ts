import { unreadable } from './error.ts';
import { lineAt, splitField } from './lines.ts';
import type { Reply } from './reply.ts';

/** Far more than any reply has; what has more is no header section, and would fill the memory. */
const MAX_HEADERS = 1000;
const STATUS_CODE = /^(0|-?[1-9]\d{0,5})$/;

/**
 * Reads a reply. Names are compared without case, since the service has changed theirs over the
 * years; values are split off at the first colon; the blank line may be missing where there is no
 * body; line ends are LF, CRLF is understood.
 *
 * @throws DmapiError `unreadable-reply` for anything else, whatever the bytes.
 */
export function parseReply(bytes: Uint8Array): Reply {
  const text = decode(bytes);
  const headers = new Map<string, string[]>();
  let at = 0;
  for (let count = 0; at < text.length; count++) {
    const line = lineAt(text, at);
    at = line.next;
    if (line.text === '') break;
    if (count === MAX_HEADERS) throw unreadable('it has too many headers');
    addHeader(headers, line.text);
  }
  return { statusCode: readStatusCode(headers), headers, body: text.slice(at) };
}

/** A byte that is not UTF-8 becomes U+FFFD, so that it spoils no more than what it stands in. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function addHeader(headers: Map<string, string[]>, line: string): void {
  const field = splitField(line);
  if (!field) throw unreadable('a header line has no name');
  const [name, value] = field;
  const key = name.toLowerCase();
  const values = headers.get(key) ?? [];
  values.push(trimBlanks(value));
  headers.set(key, values);
}

/** Not `trim`: a TAB stays, it can be the value of `Separator`. */
function trimBlanks(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && value[start] === ' ') start++;
  while (end > start && value[end - 1] === ' ') end--;
  return value.slice(start, end);
}

function readStatusCode(headers: ReadonlyMap<string, readonly string[]>): number {
  const codes = new Set(headers.get('status-code'));
  const [code] = codes;
  if (codes.size !== 1 || code === undefined || !STATUS_CODE.test(code)) {
    throw unreadable('it has no Status-Code that can be read');
  }
  return Number(code);
}
