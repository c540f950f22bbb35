import { COUNTRY, EMAIL, type oneOf, PHONE, TEXT } from '../requests/parameter-kinds.ts';
import { OTHER_FIELDS, REQUIRED_FIELDS } from './contact.ts';

type Kinds = Readonly<Record<string, ReturnType<typeof oneOf>>>;

const KINDS: Kinds = { email: EMAIL, country: COUNTRY, phone: PHONE };

/** The kinds of the fields that a contact has to have. */
export const CONTACT_KINDS: Kinds = Object.fromEntries(
  REQUIRED_FIELDS.map((name) => [name, KINDS[name] ?? TEXT]),
);

/** The name is there in full, or in two parts. */
export const CONTACT_NAMES = [['name'], ['fname', 'lname']] as const;

/** The name in any of its forms, and what is checked no further than for control characters. */
export const OTHER_KINDS: Kinds = Object.fromEntries(
  ['name', 'fname', 'lname', ...OTHER_FIELDS].map((name) => [name, TEXT]),
);
