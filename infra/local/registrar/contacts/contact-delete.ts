import type { Account } from '../account/account.ts';
import { unknown } from '../requests/outcome.ts';
import { HANDLE } from '../requests/parameter-kinds.ts';
import type { QueuedRequest } from '../requests/request.ts';

/** Deletes a contact that no domain uses. */
export const contactDelete: QueuedRequest = {
  name: 'contact-delete',
  access: 'modify',
  object: 'handle',
  required: { handle: HANDLE },
  plan: ({ account, object }) => {
    if (!account.contacts.has(object)) return unknown(`Contact ${object}`);
    const user = userOf(account, object);
    if (user) return { nack: `Contact ${object} is used by ${user}` };
    return {
      carryOut: () => {
        account.contacts.delete(object);
      },
    };
  },
};

/** A domain that has the contact in any role. */
function userOf({ domains }: Account, handle: string): string | undefined {
  for (const { name, ownerContact, contacts } of domains.values()) {
    if (ownerContact === handle || Object.values(contacts).includes(handle)) return name;
  }
  return undefined;
}
