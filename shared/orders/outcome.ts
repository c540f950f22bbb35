import { DmapiError } from '../dmapi/error.ts';
import { header, headerValues, trackingId } from '../dmapi/reply.ts';
import { CredentialsRejectedError } from '../failure.ts';
import type { Refusal } from './order.ts';

const VERDICTS = ['not-permitted', 'not-found', 'conflict', 'refused'] as const;

/** Of these the registrar's words can repeat what they were about: personal data. */
const ABOUT_PEOPLE = /^(contact-|domain-owner-change$|grants-|wa-|cor-)/;

/**
 * Whether a request certainly had no effect: it never left, there was no session to send it in, or
 * the registrar had no time for it (HTTP 429).
 */
export function carriedNothingOut(error: unknown): boolean {
  if (error instanceof CredentialsRejectedError) return true;
  if (!(error instanceof DmapiError)) return false;
  return !error.sent || error.wasTurnedAway;
}

/** The registrar's verdict on a request, as far as it is remembered; `undefined` where there is none. */
export function refusalIn(error: unknown, action: string): Refusal | undefined {
  if (!(error instanceof DmapiError) || !error.reply) return undefined;
  const { reply } = error;
  const kind = VERDICTS.find((it) => it === error.kind);
  if (!kind) return undefined;
  const withTexts = !ABOUT_PEOPLE.test(action);
  return {
    kind,
    statusCode: reply.statusCode,
    statusText: (withTexts && header(reply, 'Status-Text')) || null,
    errors: withTexts ? headerValues(reply, 'Error') : [],
    warnings: withTexts ? headerValues(reply, 'Warning') : [],
    trackingId: trackingId(reply),
  };
}

/** A reply that nobody can read leaves a request as open as none: it may have been carried out. */
export function withoutOutcome(error: unknown): unknown {
  if (!(error instanceof DmapiError) || error.kind !== 'unreadable-reply') return error;
  const message =
    "The registrar's reply cannot be read: the request may have been carried out. Repeat it with the same Idempotency-Key, and it is not sent twice.";
  return new DmapiError('unavailable', message, { cause: error });
}
