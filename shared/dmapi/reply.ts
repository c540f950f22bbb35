/** A DMAPI reply: header lines, a blank line, a body. */
export interface Reply {
  /** `null` where it has none that can be read: such a reply is never a success. */
  readonly statusCode: number | null;
  /**
   * Values by lower-case name, in the order of the lines: `Error` and `Warning` may repeat. One that
   * goes over several lines has line feeds.
   */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Everything after the first blank line, as it came. */
  readonly body: string;
  /** Whether U+FFFD stands in it for a byte that is not UTF-8. */
  readonly hasBrokenText?: true;
}

/** Whether a Status-Code says that the request succeeded: what else speaks against it, says judge. */
export function isSuccessCode(statusCode: number | null): boolean {
  return statusCode === 0 || (statusCode !== null && statusCode >= 1000 && statusCode < 2000);
}

const TRACKING_ID = /^[A-Za-z0-9-]{1,64}$/;

const PROSE: ReadonlySet<string> = new Set(['status-text', 'error', 'warning']);

/** Whether the registrar speaks to people in the header of this lower-case name: it is no data. */
export function isProse(name: string): boolean {
  return PROSE.has(name);
}

/** The first value of a header, `undefined` where the reply has none. */
export function header(reply: Reply, name: string): string | undefined {
  return reply.headers.get(name.toLowerCase())?.[0];
}

/** All values of a header, in order. */
export function headerValues(reply: Reply, name: string): readonly string[] {
  return reply.headers.get(name.toLowerCase()) ?? [];
}

/** The id the registrar gave this exchange: `Tracking-Id`, which login also calls `SvTrId`. */
export function trackingId(reply: Reply): string | null {
  const id = header(reply, 'Tracking-Id') ?? header(reply, 'SvTrId') ?? '';
  return TRACKING_ID.test(id) ? id : null;
}
