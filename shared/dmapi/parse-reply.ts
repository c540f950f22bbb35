import { isUtf8 } from 'node:buffer';
import { unreadable } from './error.ts';
import { lineAt, splitField } from './lines.ts';
import { isProse, isSuccessCode, type Reply } from './reply.ts';

/** Far more than any reply has; what has more is no header section, and would fill the memory. */
const MAX_HEADER_LINES = 1000;
const STATUS_CODE = /^(0|-?[1-9]\d{0,5})$/;

/**
 * Reads a reply. Names are compared without case, since the service has changed theirs over the
 * years; values are split off at the first colon; the blank line may be missing where there is no
 * body; line ends are LF, CRLF is understood. A line that is no header continues the one before,
 * after a line feed.
 *
 * @throws DmapiError `unreadable-reply` where there are too many headers, or where a success has a
 *   line among them that continues none: it could be a part of what was asked for.
 */
export function parseReply(bytes: Uint8Array): Reply {
  const { headers, hasStrayLines, bodyAt, text } = readHeaders(decode(bytes));
  const statusCode = readStatusCode(headers);
  if (hasStrayLines && isSuccessCode(statusCode))
    throw unreadable('a line among its headers is none');
  const hasBrokenText = text.includes('\ufffd') && !isUtf8(bytes);
  return { statusCode, headers, body: text.slice(bodyAt), ...(hasBrokenText && { hasBrokenText }) };
}

/** A byte that is not UTF-8 becomes U+FFFD, so that it spoils no more than what it stands in. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function readHeaders(text: string) {
  const headers = new Map<string, string[]>();
  let last: string | undefined;
  let isContinued = false;
  let hasStrayLines = false;
  let at = 0;
  for (let count = 0; at < text.length; count++) {
    const line = lineAt(text, at);
    at = line.next;
    // Without a blank line nothing tells where the body begins: with a line of it, perhaps.
    if (line.text === '') return { headers, hasStrayLines, bodyAt: at, text };
    if (count === MAX_HEADER_LINES) throw unreadable('it has too many headers');
    const field = splitField(line.text);
    if (field) {
      last = addHeader(headers, ...field);
    } else {
      isContinued = true;
      hasStrayLines ||= !mayContinue(last, line.text);
      if (last !== undefined) continueHeader(headers, last, line.text);
    }
  }
  return { headers, hasStrayLines: hasStrayLines || isContinued, bodyAt: at, text };
}

/** Returns the key of the header. */
function addHeader(headers: Map<string, string[]>, name: string, value: string): string {
  const key = name.toLowerCase();
  const values = headers.get(key) ?? [];
  values.push(trimBlanks(value));
  headers.set(key, values);
  return key;
}

function continueHeader(headers: Map<string, string[]>, key: string, line: string): void {
  if (ONE_LINE.has(key)) return;
  const values = headers.get(key) ?? [];
  values.push([values.pop(), line.trim()].filter(Boolean).join('\n'));
}

/** What the verdict depends on has one line. */
const ONE_LINE: ReadonlySet<string> = new Set(['status-code', 'result']);

/** Anything may follow words for people; a value is continued by what is indented (RFC 822). */
function mayContinue(key: string | undefined, line: string): boolean {
  if (key === undefined || ONE_LINE.has(key)) return false;
  return isProse(key) || /^[ \t]/.test(line);
}

/** Not `trim`: a TAB stays, it can be the value of `Separator`. */
function trimBlanks(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && value[start] === ' ') start++;
  while (end > start && value[end - 1] === ' ') end--;
  return value.slice(start, end);
}

/** `null` where there is none, one that is no number, or two that differ. */
function readStatusCode(headers: ReadonlyMap<string, readonly string[]>): number | null {
  const codes = new Set(headers.get('status-code'));
  const [code = ''] = codes;
  return codes.size === 1 && STATUS_CODE.test(code) ? Number(code) : null;
}
