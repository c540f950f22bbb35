import { handlePrefix, TLDS } from '../catalogue/tlds.ts';
import { keyValueLines } from '../requests/key-values.ts';
import { doneByEpp } from '../requests/outcome.ts';
import { oneOf } from '../requests/parameter-kinds.ts';
import type { Params } from '../requests/parameters.ts';
import type { ImmediateRequest, QueuedRequest } from '../requests/request.ts';
import type { Contact } from './contact.ts';
import { readContactFields } from './contact.ts';
import { CONTACT_KINDS, CONTACT_NAMES, OTHER_KINDS } from './contact-rules.ts';

const RULES = {
  required: {
    tld: { ...oneOf(...TLDS), expected: 'TLD supported by Joker.com' },
    ...CONTACT_KINDS,
  },
  optional: OTHER_KINDS,
  oneOf: CONTACT_NAMES,
};

/** Makes a contact when it is due; its handle is what the result is about. */
export const contactCreate: QueuedRequest = {
  ...RULES,
  name: 'contact-create',
  access: 'modify',
  object: null,
  plan: ({ params, account, object, dueAtMs }) => ({
    carryOut: () => {
      account.contacts.set(object, makeContact(object, params, dueAtMs));
    },
  }),
};

/** Makes a contact at once and gives its handle. Known from the registrar's own module only. */
export const contactCreateAtOnce: ImmediateRequest = {
  ...RULES,
  name: '/v2/contact/create',
  access: 'modify',
  answer: ({ params, account, atMs }) => {
    const handle = newHandle(params, account.nextNumber());
    account.contacts.set(handle, makeContact(handle, params, atMs));
    return doneByEpp(keyValueLines([['handle', handle]]));
  },
};

/** The handle of a new contact: what its TLD begins with, and a number. */
export function newHandle(params: Params, number: string): string {
  return `${handlePrefix(params.get('tld') ?? '')}-${number}`;
}

function makeContact(handle: string, params: Params, atMs: number): Contact {
  const tld = params.get('tld') ?? '';
  const fields = readContactFields(params);
  return { handle, tld, fields, createdAtMs: atMs, modifiedAtMs: atMs };
}
