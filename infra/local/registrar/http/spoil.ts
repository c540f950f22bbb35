import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Fault } from '../faults.ts';
import type { Dice } from './dice.ts';
import { type HttpReply, webServerPage, writeHead, writeReply } from './http-reply.ts';

/** One reply about to be spoilt. */
export interface Spoilable {
  readonly response: ServerResponse;
  /** Carries the request out and gives its real reply. */
  readonly answer: () => HttpReply;
  /** Drops the session of the request and answers as if it had expired. */
  readonly loseSession: () => HttpReply;
  readonly dice: Dice;
}

const PLAIN: HttpReply['headers'] = [['Content-Type', 'text/plain; charset=utf-8']];

type Spoilers = {
  readonly [Kind in Fault['kind']]: (
    spoilable: Spoilable,
    fault: Extract<Fault, { kind: Kind }>,
  ) => void;
};

const SPOILERS: Spoilers = {
  reset: ({ response }) => response.socket?.resetAndDestroy(),
  hang: () => undefined,
  drip: ({ response, answer }, { bytes = 16, intervalMs = 50 }) =>
    drip(response, answer(), bytes, intervalMs),
  truncated: ({ response, answer }, { missingBytes }) => truncate(response, answer(), missingBytes),
  html: ({ response }) => writeReply(response, webServerPage(200, 'Maintenance')),
  empty: ({ response }) => writeReply(response, { status: 200, headers: PLAIN, body: '' }),
  noStatus: ({ response, answer }) => writeReply(response, withoutStatus(answer())),
  garbled: ({ response, dice }) =>
    writeReply(response, { status: 200, headers: PLAIN, body: garbage(dice) }),
  oversized: ({ response }, { bytes = null }) => pour(response, bytes),
  httpStatus: ({ response }, fault) => writeReply(response, httpStatusReply(fault)),
  sessionLost: ({ response, loseSession }) => writeReply(response, loseSession()),
};

/** Lets the fault strike. */
export function spoil(fault: Fault, spoilable: Spoilable): void {
  // The table pairs each kind with its own spoiler, which the compiler cannot follow by index.
  const strike = SPOILERS[fault.kind] as (spoilable: Spoilable, fault: Fault) => void;
  strike(spoilable, fault);
}

function drip(response: ServerResponse, reply: HttpReply, step: number, intervalMs: number) {
  const body = Buffer.from(reply.body);
  let sent = 0;
  writeHead(response, reply, body.length);
  response.flushHeaders();
  const timer = setInterval(() => {
    response.write(body.subarray(sent, sent + step));
    sent += step;
    if (sent < body.length) return;
    clearInterval(timer);
    response.end();
  }, intervalMs);
  response.on('close', () => clearInterval(timer));
}

function truncate(response: ServerResponse, reply: HttpReply, missingBytes?: number) {
  const body = Buffer.from(reply.body);
  const missing = missingBytes ?? Math.ceil(body.length / 2);
  writeHead(response, reply, body.length);
  response.write(body.subarray(0, Math.max(0, body.length - missing)), () =>
    response.socket?.destroySoon(),
  );
}

function withoutStatus(reply: HttpReply): HttpReply {
  return {
    ...reply,
    body: String(reply.body).replace(/^Status-Code:.*\n/m, ''),
  };
}

function garbage(dice: Dice): Buffer {
  return Buffer.from([0xff, 0xfe, ...Array.from({ length: 254 }, () => Math.floor(dice() * 256))]);
}

/** Pours a list that looks right, so that only its size can give it away. */
function pour(response: ServerResponse, bytes: number | null) {
  const start = 'Version: 1.2.53\nStatus-Code: 0\nStatus-Text: Command completed successfully\n\n';
  const chunk = Buffer.alloc(65_536, 'example.org 2031-02-28 lock\n');
  let left = bytes ?? Number.POSITIVE_INFINITY;
  const send = (part: Buffer) => {
    const piece = part.subarray(0, Math.min(part.length, left));
    left -= piece.length;
    return response.write(piece);
  };
  const goOn = () => {
    while (left > 0 && !response.destroyed) {
      if (!send(chunk)) return void response.once('drain', goOn);
    }
    response.end();
  };
  writeHead(response, { status: 200, headers: PLAIN, body: '' }, bytes);
  send(Buffer.from(start));
  goOn();
}

function httpStatusReply(fault: Extract<Fault, { kind: 'httpStatus' }>): HttpReply {
  const { status, body = 'html', retryAfter } = fault;
  const title = STATUS_CODES[status] ?? 'Error';
  const headers: HttpReply['headers'] =
    retryAfter === undefined ? [] : [['Retry-After', String(retryAfter)]];
  if (body === 'html') return webServerPage(status, `${status} ${title}`, headers);
  return { status, headers: [...PLAIN, ...headers], body: `${title}\n` };
}
