/** What a request does to the account: nothing, a change, or a change that costs money. */
export type RequestAccess = 'read' | 'modify' | 'cost';

const GRANTS: Readonly<Record<string, readonly RequestAccess[]>> = {
  '@full': ['read', 'modify', 'cost'],
  '@modify-only': ['read', 'modify'],
  '@read-only': ['read'],
};

/**
 * Whether a key with that User-Access may send such a request. A "modifications only" key may read
 * as well: the recorded one lists domains. A User-Access unknown to us reads only (open: a
 * whois-only kind is rumoured, nothing is known of its rights).
 */
export function mayCall(userAccess: string, access: RequestAccess): boolean {
  return (GRANTS[userAccess] ?? ['read']).includes(access);
}
