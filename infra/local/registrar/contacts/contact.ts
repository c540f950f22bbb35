import type { Params } from '../requests/parameters.ts';

/** The fields of a person or an organisation, by their DMAPI names, none of them empty. */
export type ContactFields = Readonly<Record<string, string>>;

export interface Contact {
  readonly handle: string;
  /** The TLD it was made for. */
  readonly tld: string;
  fields: ContactFields;
  readonly createdAtMs: number;
  modifiedAtMs: number;
}

/** What a contact has to have, its name apart. */
export const REQUIRED_FIELDS = [
  'email',
  'address-1',
  'city',
  'postal-code',
  'country',
  'phone',
] as const;

export const OTHER_FIELDS: readonly string[] = [
  'title',
  'individual',
  'organization',
  'address-2',
  'address-3',
  'state',
  'extension',
  'fax',
  'lang',
  'app-purpose',
  'nexus-category',
  'nexus-category-country',
  'account-type',
  'company-number',
  'orgid',
  'vatid',
];

const FIELDS: readonly string[] = ['name', ...REQUIRED_FIELDS, ...OTHER_FIELDS];

/** What one program of the registrar's has for an empty field. */
const EMPTY = '!@!';

/** Reads the fields of a contact; those of TLDs begin with `x-`. First and last name become one. */
export function readContactFields(params: Params): ContactFields {
  return mergeContactFields({}, params);
}

/** The fields after a change: what is left out stays, what is emptied goes, if it may. */
export function mergeContactFields(before: ContactFields, params: Params): ContactFields {
  const fields = new Map(Object.entries(before));
  for (const [name, value] of params) {
    if (!FIELDS.includes(name) && !name.startsWith('x-')) continue;
    const isEmpty = value === '' || value === EMPTY;
    if (!isEmpty) fields.set(name, value);
    else if (name !== 'name' && !isRequired(name)) fields.delete(name);
  }
  const full = [params.get('fname'), params.get('lname')].filter(Boolean).join(' ');
  if (full && !params.get('name')) fields.set('name', full);
  return Object.fromEntries(fields);
}

function isRequired(name: string): boolean {
  return (REQUIRED_FIELDS as readonly string[]).includes(name);
}

/** Whether a request names any field of a contact. */
export function namesContactField(params: Params): boolean {
  return [...params.keys()].some(
    (name) => FIELDS.includes(name) || ['fname', 'lname'].includes(name) || name.startsWith('x-'),
  );
}
