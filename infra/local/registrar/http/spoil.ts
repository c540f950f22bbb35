import { type ServerResponse, STATUS_CODES } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from '../faults.ts';
import type { Lag } from '../requests/request.ts';
import type { Dice } from './dice.ts';
import { type HttpReply, webServerPage, writeHead, writeReply } from './http-reply.ts';

/** One reply about to be spoilt. */
export interface Spoilable {
  readonly response: ServerResponse;
  /** Carries the request out now and gives its real reply. */
  readonly answer: (lag?: Lag) => HttpReply;
  /** Drops the session of the request and answers as if it had expired. */
  readonly loseSession: () => HttpReply;
  readonly dice: Dice;
}

const PLAIN: HttpReply['headers'] = [['Content-Type', 'text/plain; charset=utf-8']];

type Spoilers = {
  readonly [Kind in Fault['kind']]: (
    spoilable: Spoilable,
    fault: Extract<Fault, { kind: Kind }>,
  ) => void | Promise<void>;
};

const SPOILERS: Spoilers = {
  reset: ({ response }) => void response.socket?.resetAndDestroy(),
  hang: () => undefined,
  lost: ({ response, answer }, { connection = 'open' }) => {
    answer();
    if (connection === 'destroyed') response.socket?.resetAndDestroy();
  },
  late: answerLate,
  stale: ({ response, answer }, { forMs }) => writeReply(response, answer({ forMs })),
  drip: ({ response, answer }, { bytes = 16, intervalMs = 50 }) =>
    drip(response, answer(), bytes, intervalMs),
  truncated: ({ response, answer }, fault) => truncate(response, answer(), fault),
  html: ({ response }) => writeReply(response, webServerPage(200, 'Maintenance')),
  empty: ({ response }) => writeReply(response, { status: 200, headers: PLAIN, body: '' }),
  noStatus: ({ response, answer }) => writeReply(response, withoutStatus(answer())),
  garbled: ({ response, dice }) =>
    writeReply(response, { status: 200, headers: PLAIN, body: garbage(dice) }),
  latin1: ({ response, answer }) => {
    const reply = answer();
    writeReply(response, { ...reply, body: Buffer.from(String(reply.body), 'latin1') });
  },
  oversized: ({ response }, { bytes = null }) => pour(response, bytes),
  httpStatus: ({ response }, fault) => writeReply(response, httpStatusReply(fault)),
  sessionLost: ({ response, loseSession }) => writeReply(response, loseSession()),
};

/** Lets the fault strike. */
export async function spoil(fault: Fault, spoilable: Spoilable): Promise<void> {
  // The table pairs each kind with its own spoiler, which the compiler cannot follow by index.
  const strike = SPOILERS[fault.kind] as (
    spoilable: Spoilable,
    fault: Fault,
  ) => void | Promise<void>;
  await strike(spoilable, fault);
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

async function answerLate(
  { response, answer }: Spoilable,
  { afterMs = 0, until }: Extract<Fault, { kind: 'late' }>,
) {
  // A registrar that has been closed is not to be kept alive by what it was late with.
  await Promise.allSettled([until, delay(afterMs, undefined, { ref: false })]);
  const reply = answer();
  if (!response.destroyed) writeReply(response, reply);
}

function truncate(
  response: ServerResponse,
  reply: HttpReply,
  { missingBytes, fits = false }: Extract<Fault, { kind: 'truncated' }>,
) {
  const whole = Buffer.from(reply.body);
  const missing = missingBytes ?? Math.ceil(whole.length / 2);
  const body = whole.subarray(0, Math.max(0, whole.length - missing));
  if (fits) return writeReply(response, { ...reply, body });
  writeHead(response, reply, whole.length);
  response.write(body, () => response.socket?.destroySoon());
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
