import type { Reply } from './reply.ts';

const BLANK = '[redacted]';

/**
 * In data, shorter texts are left alone: they are no API key and no session, and blanking them out
 * could change an id or a domain name that happens to hold them.
 */
const MIN_LENGTH_IN_DATA = 8;

/** Where the registrar speaks to people: whatever is blanked out there changes no data. */
const PROSE: ReadonlySet<string> = new Set(['status-text', 'error', 'warning']);

/** The same reply with every occurrence of the secrets blanked out, form-encoded ones too. */
export function redact(reply: Reply, secrets: readonly string[]): Reply {
  const inProse = [...new Set(secrets.filter(Boolean).flatMap(spellings))].sort(longestFirst);
  const inData = inProse.filter((secret) => secret.length >= MIN_LENGTH_IN_DATA);
  const headers = [...reply.headers].map(([name, values]) => {
    const blanked = PROSE.has(name) ? inProse : inData;
    return [name, values.map((value) => blankOut(value, blanked))] as const;
  });
  return { ...reply, headers: new Map(headers), body: blankOut(reply.body, inData) };
}

function spellings(secret: string): string[] {
  const form = new URLSearchParams([[secret, '']]).toString().slice(0, -1);
  return [secret, encodeURIComponent(secret), form];
}

/** One secret can begin with another, and must not be left with its end. */
function longestFirst(a: string, b: string): number {
  return b.length - a.length;
}

function blankOut(text: string, secrets: readonly string[]): string {
  return secrets.reduce((cleaned, secret) => cleaned.replaceAll(secret, BLANK), text);
}
