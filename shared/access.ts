/**
 * What a DMAPI request does to the account, and so which kind of API key may send it:
 * `read` changes nothing, `modify` changes something free of charge, `cost` can spend money.
 */
export type Access = 'read' | 'modify' | 'cost';

/**
 * Whether a key with this `User-Access` may send such a request. Unknown kinds of keys are left for
 * the registrar to judge.
 */
export function permits(userAccess: string, access: Access): boolean {
  if (userAccess === '@read-only') return access === 'read';
  if (userAccess === '@modify-only') return access !== 'cost';
  return true;
}
