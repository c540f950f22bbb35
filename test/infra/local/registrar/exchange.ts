import { Agent, request } from 'node:http';

/** One request of a test. */
export interface Call {
  readonly method?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly agent?: Agent;
  /** Gives up when nothing has come for so long. */
  readonly idleMs?: number;
}

/** What came back, to the byte. */
export interface Exchange {
  readonly status: number;
  /** Header lines of HTTP as sent, in order and casing. */
  readonly httpHeaders: readonly string[];
  readonly bytes: Buffer;
  readonly text: string;
  /** Header lines of the DMAPI reply, in order; everything before the first blank line. */
  readonly headers: readonly string[];
  /** Everything after it; null when there is no blank line. */
  readonly body: string | null;
}

/** Sends one request to that address; rejects as node:http does when no whole reply comes. */
export function exchange(address: string, call: Call = {}): Promise<Exchange> {
  const { method = 'POST', params = {}, headers = {}, agent = new Agent(), idleMs } = call;
  const encoded = new URLSearchParams(params).toString();
  const target = method === 'POST' || encoded === '' ? address : `${address}?${encoded}`;
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  return new Promise((resolve, reject) => {
    const outgoing = request(
      target,
      { method, agent, headers: { ...(method === 'POST' ? form : {}), ...headers } },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const text = bytes.toString('utf8');
          const httpHeaders = pairs(incoming.rawHeaders);
          resolve({ status: incoming.statusCode ?? 0, httpHeaders, bytes, text, ...split(text) });
        });
      },
    );
    outgoing.on('error', reject);
    if (idleMs) outgoing.setTimeout(idleMs, () => outgoing.destroy(new Error('gave up')));
    outgoing.end(method === 'POST' ? encoded : undefined);
  });
}

function pairs(raw: readonly string[]): string[] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${raw[index + 1]}`] : []));
}

function split(text: string) {
  const end = text.indexOf('\n\n');
  if (end < 0) return { headers: text.split('\n'), body: null };
  return { headers: text.slice(0, end).split('\n'), body: text.slice(end + 2) };
}
