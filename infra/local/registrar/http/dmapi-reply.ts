import type { Outcome, ReplyHeader } from '../requests/outcome.ts';
import { type Dice, shuffle } from './dice.ts';
import type { HttpReply } from './http-reply.ts';

/** What the HTTP headers of a reply tell of its making. */
export interface ReplySetting {
  readonly atMs: number;
  /** The session it belongs to; sent as a cookie with every reply within one. */
  readonly sid?: string | undefined;
}

/** A reply of the login program: its headers in one fixed order, no Server, no Last-Modified. */
export function loginProgramReply(
  text: { readonly headers: readonly ReplyHeader[]; readonly body: string },
  { atMs, sid }: ReplySetting,
): HttpReply {
  return {
    status: 200,
    headers: [
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['Date', new Date(atMs).toUTCString()],
      ...cookie(sid),
    ],
    body: writeText(text.headers, text.body),
  };
}

/**
 * A reply of the program behind all other requests: its headers in ever another order, and always
 * the blank line after them. The HTTP Date comes from the same clock as the Tracking-Ids.
 */
export function dmapiReply(
  outcome: Outcome,
  setting: ReplySetting & { readonly trackingId?: string | undefined },
  dice: Dice,
): HttpReply {
  const { atMs, sid, trackingId } = setting;
  const date = new Date(atMs).toUTCString();
  const groups: ReplyHeader[][] = [
    [['Version', '1.2.53']],
    [['Status-Code', String(outcome.statusCode)]],
    [['Status-Text', outcome.statusText]],
    outcome.errors.map((error) => ['Error', error] as const),
    ...outcome.headers.map((header) => [header]),
    trackingId ? [['Tracking-Id', trackingId]] : [],
  ];
  return {
    status: outcome.httpStatus,
    headers: [
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['Date', date],
      ['Last-Modified', date],
      ['Server', 'DMAPI/1.2.53'],
      ...cookie(sid),
    ],
    body: writeText(shuffle(dice, groups).flat(), outcome.body),
  };
}

/**
 * Without Secure or HttpOnly, as in all recordings. That its value is the very Auth-Sid of the
 * login is taken for granted (open): the recorded ones are masked, only their length agrees.
 */
function cookie(sid: string | undefined): HttpReply['headers'] {
  return sid ? [['Set-Cookie', `dmapi-auth=${sid}; path=/`]] : [];
}

function writeText(headers: readonly ReplyHeader[], body: string): string {
  return `${headers.map(([name, value]) => `${name}: ${value}\n`).join('')}\n${body}`;
}
