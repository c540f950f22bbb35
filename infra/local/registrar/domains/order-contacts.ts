import type { Params } from '../requests/parameters.ts';
import { CONTACT_ROLES, type ContactRole } from './domain.ts';

/** The handle that a parameter names, as handles are written; undefined where it is left out. */
export function handleIn(params: Params, name: string): string | undefined {
  return params.get(name)?.toUpperCase() || undefined;
}

/** The contact of each role. Left out it is the owner: one program names the owner alone. */
export function readContacts(params: Params, owner: string): Readonly<Record<ContactRole, string>> {
  const entries = CONTACT_ROLES.map((role) => [role, handleIn(params, role) ?? owner]);
  return Object.fromEntries(entries) as Record<ContactRole, string>;
}

/** The name servers of an order, in lower case; undefined where they are left out. */
export function readNameServers(params: Params): readonly string[] | undefined {
  return params.get('ns-list')?.toLowerCase().split(':');
}
