/** A caller is not made to wait for longer, so that the answer comes within API Gateway's time. */
const MAX_WAIT_SECONDS = 20;
/** The preferences of the list; a comma within quotes separates nothing. */
const PREFERENCE = /(?:"(?:[^"\\]|\\.)*"|[^",])+/g;
/** Parameters may follow, of which none is known. */
const WAIT = /^\s*wait\s*=\s*(?:"(\d+)"|(\d+))\s*(?:;.*)?$/is;
const IS_WAIT = /^\s*wait\s*(?:[=;]|$)/i;

/**
 * The seconds that a `Prefer: wait=N` (RFC 7240, section 4.3) asks to wait for, 20 at most;
 * `undefined` where it asks for nothing of the kind. Of a preference given twice the first counts
 * (section 2); what is not understood is ignored.
 */
export function preferredWaitSeconds(prefer = ''): number | undefined {
  const wait = prefer.match(PREFERENCE)?.find((preference) => IS_WAIT.test(preference));
  const [, quoted, plain] = WAIT.exec(wait ?? '') ?? [];
  const seconds = quoted ?? plain;
  return seconds === undefined ? undefined : Math.min(Number(seconds), MAX_WAIT_SECONDS);
}
