import http from 'node:http';
import https from 'node:https';
import type { TcpNetConnectOpts } from 'node:net';
import type { Deadline } from './deadline.ts';
import { DmapiError, tooLarge, unreadable } from './error.ts';
import { keptConnections } from './kept-connections.ts';
import { USER_AGENT } from './user-agent.ts';

/** What came back over HTTP, read whatever the HTTP status. */
export interface HttpAnswer {
  readonly httpStatus: number;
  readonly retryAfterSeconds: number | undefined;
  readonly bytes: Uint8Array;
}

export interface Post {
  /** The DMAPI request name: the last segment of the path. */
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  /**
   * Whether a kept-alive connection may carry it. A request that must not be sent twice gets a
   * connection of its own: on a kept one that the registrar has just closed nobody can tell
   * whether the request arrived.
   */
  readonly reuseConnection: boolean;
}

/**
 * A reply larger than this is not read to its end: as JSON it would be more than Lambda can pass on
 * (6 MB), and its rows more than a small function's memory holds. A zone of ten thousand DKIM keys has
 * 4.5 MB.
 */
export const MAX_REPLY_BYTES = 6 * 1024 * 1024;

/**
 * How long one address of the registrar may take to connect, where it has another. Node's default is
 * 250 ms for each, which no host far away can keep; TCP itself asks again after one and three seconds.
 */
const MAX_CONNECT_MS = 4000;

/**
 * Sends one POST with a form body: no cookie jar, no redirects, TLS checked, the reply bounded in
 * size, all of it before the deadline. With GET, the key and the session would be in URLs and logs.
 *
 * @throws DmapiError `timeout`, `unavailable` (with `sent` telling whether the request may have
 * left) or `unreadable-reply`.
 */
export async function post(endpoint: URL, request: Post, deadline: Deadline): Promise<HttpAnswer> {
  let sent = false;
  try {
    const outgoing = open(endpoint, request, deadline, () => {
      sent = true;
    });
    const incoming = await response(outgoing);
    return {
      httpStatus: incoming.statusCode ?? 0,
      retryAfterSeconds: readRetryAfter(incoming.headers['retry-after']),
      bytes: await readBody(incoming),
    };
  } catch (error) {
    throw transportError(error, deadline, sent);
  }
}

function open(endpoint: URL, request: Post, deadline: Deadline, onConnected: () => void) {
  const form = new URLSearchParams(request.params).toString();
  const secure = endpoint.protocol === 'https:';
  // The types of a request leave out what is handed down to its connection.
  const options: http.RequestOptions & Pick<TcpNetConnectOpts, 'autoSelectFamilyAttemptTimeout'> = {
    method: 'POST',
    agent: request.reuseConnection ? keptConnections(secure) : false,
    signal: deadline.signal,
    autoSelectFamilyAttemptTimeout: connectMs(deadline),
    headers: {
      accept: 'text/plain',
      'user-agent': USER_AGENT,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(form),
    },
  };
  const outgoing = (secure ? https : http).request(new URL(request.name, endpoint), options);
  outgoing.on('socket', (socket) => {
    if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', onConnected);
    else onConnected();
  });
  outgoing.end(form);
  return outgoing;
}

/** A dead address shall leave as much time for the next one, even where little is left at all. */
function connectMs(deadline: Deadline): number {
  return Math.max(1, Math.round(Math.min(MAX_CONNECT_MS, deadline.remainingMs() / 2)));
}

function response(outgoing: http.ClientRequest): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    outgoing.on('response', resolve);
    outgoing.on('error', reject);
    // HTTP 101, which was not asked for: Node then sends no response event.
    outgoing.on('upgrade', (_response, socket) => {
      socket.destroy();
      reject(unreadable('it changes to another protocol'));
    });
  });
}

async function readBody(incoming: http.IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size > MAX_REPLY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function readRetryAfter(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

function transportError(error: unknown, deadline: Deadline, sent: boolean): DmapiError {
  if (error instanceof DmapiError) return error;
  const code = String(Object(error).code ?? 'unknown');
  if (deadline.signal.aborted) {
    return new DmapiError('timeout', 'The registrar did not answer in time.', { sent });
  }
  // Node's HTTP parser: the bytes that came back are not HTTP.
  if (code.startsWith('HPE_')) return unreadable(`it is not HTTP (${code})`);
  return new DmapiError('unavailable', `The connection to the registrar failed (${code}).`, {
    sent,
    cause: error,
  });
}
