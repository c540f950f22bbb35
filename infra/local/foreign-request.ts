import type http from 'node:http';
import { isLoopback } from '../../shared/dmapi/endpoint.ts';

/**
 * Whether a web page of elsewhere has sent the request: its browser tells so in `Sec-Fetch-Site` and
 * in `Origin`, or, where the page has its own name point to this machine, in `Host`. Signatures keep such requests out of
 * what is deployed; here they could spend the account's money or read the secret.
 */
export function isForeign({ headers }: http.IncomingMessage): boolean {
  const { host, origin } = headers;
  return (
    headers['sec-fetch-site'] === 'cross-site' ||
    (host !== undefined && !isOfThisMachine(`http://${host}`)) ||
    (origin !== undefined && !isOfThisMachine(origin))
  );
}

function isOfThisMachine(url: string): boolean {
  return URL.canParse(url) && isLoopback(new URL(url));
}
