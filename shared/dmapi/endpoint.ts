const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a URL names this very machine. */
export function isLoopback({ hostname }: URL): boolean {
  return LOOPBACK.test(hostname);
}

/**
 * Reads the address of a DMAPI service: `https://host`, with or without `/request` at its end.
 * Every request name is resolved against the returned URL, which ends in `/request/`.
 *
 * @throws Error with a sentence for the operator. Plain http is refused unless the host is a
 * loopback address, because the credentials and the session travel in every call.
 */
export function readEndpoint(value: string): URL {
  if (!URL.canParse(value)) {
    throw new Error('The DMAPI URL is not a URL: write it like https://dmapi.joker.com.');
  }
  const url = new URL(value);
  if (url.username || url.password || url.search || url.hash) {
    throw new Error('The DMAPI URL must not hold a user, a password, a query or a fragment.');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    throw new Error(
      `The DMAPI URL must start with https://, because credentials travel to it; plain http is accepted for loopback addresses only (got ${url.protocol}//${url.host}).`,
    );
  }
  url.pathname = `${url.pathname.replace(/\/+$/, '').replace(/\/request$/, '')}/request/`;
  return url;
}
