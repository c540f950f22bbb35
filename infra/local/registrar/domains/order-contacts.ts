import type { Params } from '../requests/parameters.ts';
import { CONTACT_ROLES, type ContactRole, sameForAll } from './domain.ts';

/** The handle that a parameter names, as handles are written; undefined where it is left out. */
export function handleIn(params: Params, name: string): string | undefined {
  return params.get(name)?.toUpperCase() || undefined;
}

/** The contact of each role. Left out it is the owner: one program names the owner alone. */
export function readContacts(params: Params, owner: string): Readonly<Record<ContactRole, string>> {
  return { ...sameForAll(owner), ...readGivenContacts(params) };
}

/** The contacts that are named. */
export function readGivenContacts(params: Params): Partial<Record<ContactRole, string>> {
  return Object.fromEntries(
    CONTACT_ROLES.flatMap((role) => {
      const handle = handleIn(params, role);
      return handle ? [[role, handle]] : [];
    }),
  );
}

/** The name servers of an order, in lower case; undefined where they are left out. */
export function readNameServers(params: Params): readonly string[] | undefined {
  return params.get('ns-list')?.toLowerCase().split(':');
}
