import type { SentRequest } from '../http-request.ts';

/** A request as it may be shown: its secrets blanked, without HTTP headers, which hold a session. */
export interface ShownRequest {
  readonly name: string;
  readonly method: SentRequest['method'];
  readonly params: Readonly<Record<string, string>>;
  readonly atMs: number;
}

const BLANK = '•••';

/** Parameters that hold a secret, and those whose name sounds as if they did. */
const SECRET = /auth|sid\b|api.?key|^key$|pass|secret|token|pin$/i;

/** Blanks the secrets of a request. Of a zone that is the DynDNS password. */
export function showRequest({ name, method, params, atMs }: SentRequest): ShownRequest {
  const shown = [...params].map(([parameter, value]) => {
    if (value !== '' && SECRET.test(parameter)) return [parameter, BLANK];
    return [parameter, value.replace(/(\$dyndns=)(?!no::).*/gi, `$1${BLANK}`)];
  });
  return { name, method, params: Object.fromEntries(shown), atMs };
}
