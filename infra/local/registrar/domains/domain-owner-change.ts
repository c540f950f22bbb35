import { readContactFields } from '../contacts/contact.ts';
import { CONTACT_KINDS, CONTACT_NAMES, OTHER_KINDS } from '../contacts/contact-rules.ts';
import { DOMAIN, FLAG } from '../requests/parameter-kinds.ts';
import type { QueuedRequest } from '../requests/request.ts';
import { aboutOwnedDomain } from './owned-domain.ts';
import { askToVerify } from './take-in.ts';

/** Replaces the owner's data. */
export const domainOwnerChange: QueuedRequest = {
  name: 'domain-owner-change',
  access: 'modify',
  object: 'domain',
  required: { domain: DOMAIN, ...CONTACT_KINDS },
  optional: { ...OTHER_KINDS, 'lock-opt-out': FLAG },
  oneOf: CONTACT_NAMES,
  plan: aboutOwnedDomain(({ params, account, domain, dueAtMs }) => ({
    carryOut: () => {
      domain.owner = readContactFields(params);
      domain.ownerContact = null;
      askToVerify(account, domain, dueAtMs);
    },
  })),
};
