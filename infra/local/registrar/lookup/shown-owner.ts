import type { ContactFields } from '../contacts/contact.ts';
import type { Domain } from '../domains/domain.ts';

/** The owner of a domain as the public sees it, or as the registrar holds it. */
export function shownOwner({ name, owner, privacy }: Domain, isInternal: boolean): ContactFields {
  if (isInternal || privacy.level === 'off') return owner;
  return { name: 'Privacy protected', email: `owner@${name}`, country: owner.country ?? '' };
}
