import { missing, unknown } from '../requests/outcome.ts';
import { HANDLE } from '../requests/parameter-kinds.ts';
import type { QueuedRequest } from '../requests/request.ts';
import { mergeContactFields, namesContactField } from './contact.ts';
import { CONTACT_KINDS, OTHER_KINDS } from './contact-rules.ts';

/** Changes what is named. How a field is emptied is open: here by nothing or by `!@!`. */
export const contactModify: QueuedRequest = {
  name: 'contact-modify',
  access: 'modify',
  object: 'handle',
  required: { handle: HANDLE },
  optional: { ...CONTACT_KINDS, ...OTHER_KINDS },
  plan: ({ params, account, object, dueAtMs }) => {
    const contact = account.contacts.get(object);
    if (!contact) return unknown(`Contact ${object}`);
    if (!namesContactField(params)) return missing(['a field of the contact']);
    return {
      carryOut: () => {
        contact.fields = mergeContactFields(contact.fields, params);
        contact.modifiedAtMs = dueAtMs;
      },
    };
  },
};
