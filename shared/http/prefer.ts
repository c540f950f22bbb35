/** A caller is not made to wait for longer, so that the answer comes within API Gateway's time. */
const MAX_WAIT_SECONDS = 20;
const WAIT = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,9})"?\s*(?=$|[,;])/i;

/**
 * The seconds that a `Prefer: wait=N` (RFC 7240, section 4.3) asks to wait for, 20 at most;
 * `undefined` where it asks for nothing of the kind. Preferences that are not understood are ignored.
 */
export function preferredWaitSeconds(prefer: string | undefined): number | undefined {
  const seconds = WAIT.exec(prefer ?? '')?.[1];
  return seconds === undefined ? undefined : Math.min(Number(seconds), MAX_WAIT_SECONDS);
}
