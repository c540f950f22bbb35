import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { type HttpReply, webServerPage } from './http/http-reply.ts';

/** One request as it was sent, secrets included: for tests to look at, never to be logged. */
export interface SentRequest {
  /** The request name, in lower case; the whole path of one that stands outside `/request/`. */
  readonly name: string;
  /** Parameters by lower-case name; the first one counts where a name is repeated. */
  readonly params: ReadonlyMap<string, string>;
  readonly method: 'GET' | 'POST';
  readonly headers: IncomingHttpHeaders;
  /** When it had been read, epoch milliseconds. */
  readonly atMs: number;
}

/** The live limit is not known; 8 kB is where web servers usually draw it. */
const LONGEST_TARGET = 8192;
const LARGEST_FORM = 8 * 1024 * 1024;
/** Three requests stand outside `/request/`. */
const TARGET =
  /^(?:\/request\/([^/?]+)|(\/whois|\/v2\/(?:contact\/create|query-price-list)))\/?(?:\?(.*))?$/is;

/**
 * Reads a request, or gives the reply with which the web server would turn it away. A POST is read
 * from its form alone: whether the live service also looks at the query string is open, and a
 * caller that puts secrets there should notice.
 */
export async function readRequest(
  message: IncomingMessage,
  now: () => number,
): Promise<SentRequest | { readonly turnedAway: HttpReply }> {
  const { method, headers, url = '' } = message;
  const body = await readBody(message);
  if (url.length > LONGEST_TARGET) return turnAway(414, 'URI Too Long');
  const target = TARGET.exec(url);
  const named = target?.[1] ?? target?.[2];
  if (!target || !named) return turnAway(404, 'Not Found');
  if (method !== 'GET' && method !== 'POST') return turnAway(405, 'Method Not Allowed');
  if (body === null) return turnAway(413, 'Content Too Large');
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');
  const encoded = method === 'GET' ? (target[3] ?? '') : isForm ? body : '';
  const name = named.toLowerCase();
  return { name, params: readParams(encoded), method, headers, atMs: now() };
}

/** The body, or null when it is too large. */
async function readBody(message: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= LARGEST_FORM) chunks.push(chunk);
  }
  return length > LARGEST_FORM ? null : Buffer.concat(chunks).toString('utf8');
}

function turnAway(status: number, title: string) {
  return { turnedAway: webServerPage(status, title) };
}

function readParams(encoded: string): ReadonlyMap<string, string> {
  const params = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(encoded)) {
    if (!params.has(name.toLowerCase())) params.set(name.toLowerCase(), value);
  }
  return params;
}
