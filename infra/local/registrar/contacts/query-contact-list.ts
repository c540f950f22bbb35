import { isGeneric } from '../catalogue/tlds.ts';
import { listReply, positions } from '../requests/list-reply.ts';
import { FLAG, NUMBER, PATTERN, TEXT } from '../requests/parameter-kinds.ts';
import { isOn } from '../requests/parameters.ts';
import { compilePattern } from '../requests/pattern.ts';
import type { ImmediateRequest } from '../requests/request.ts';
import type { Contact } from './contact.ts';

const MOST_ROWS = 10_000;

/** Handles, or with extended-format=1 four columns, parted by tabs. */
export const queryContactList: ImmediateRequest = {
  name: 'query-contact-list',
  access: 'read',
  tracked: false,
  optional: { pattern: PATTERN, from: NUMBER, to: NUMBER, tld: TEXT, 'extended-format': FLAG },
  answer: ({ params, account }) => {
    const matches = compilePattern(params.get('pattern') || '*');
    const tld = params.get('tld');
    const all = [...account.contacts.values()]
      .filter((contact) => matches(contact.handle) && (!tld || serves(contact, tld)))
      .sort((left, right) => (left.handle < right.handle ? -1 : 1));
    const asked = positions(all, params);
    const contacts = params.get('from') || params.get('to') ? asked : asked.slice(0, MOST_ROWS);
    if (!isOn(params, 'extended-format')) {
      return listReply(contacts.map(({ handle }) => [handle]));
    }
    const rows = contacts.map(({ handle, fields }) => [
      handle,
      ...['name', 'organization', 'email'].map((field) => fields[field] ?? ''),
    ]);
    return listReply(rows, {
      columns: ['handle', 'name', 'organization', 'email'],
      separator: 'tab',
    });
  },
};

/** Whether a contact can be used with that TLD. */
function serves({ tld }: Contact, asked: string): boolean {
  return tld === asked || (isGeneric(tld) && isGeneric(asked));
}
