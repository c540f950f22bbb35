/** A DMAPI reply: header lines, a blank line, a body. */
export interface Reply {
  readonly statusCode: number;
  /** Values by lower-case name, in the order of the lines: `Error` and `Warning` may repeat. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Everything after the first blank line, as it came. */
  readonly body: string;
}

const TRACKING_ID = /^[A-Za-z0-9-]{1,64}$/;

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
