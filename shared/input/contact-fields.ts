import * as z from 'zod/mini';
import { country, email, language, phone } from './contact-texts.ts';
import { emptiable } from './emptied.ts';
import { emptiableExtensions, extensions, strangerTo } from './extensions.ts';
import { oneOf, text, textLike } from './text.ts';

/** DMAPI's words for yes and no, beside which JSON's own are understood. */
const yesOrNo = z.union(
  [
    z.enum(['Y', 'Yes', 'N', 'No']),
    z.pipe(
      z.boolean(),
      z.transform((yes) => (yes ? 'Y' : 'N')),
    ),
  ],
  'must be true or false',
);

/** What every contact has. */
const NEEDED = {
  email,
  address1: text(),
  city: text(),
  postalCode: text(),
  country,
  phone,
};

/** A name is needed as well, whole or in its old two parts. */
const NAMES = { name: text(), fname: text(), lname: text() };

const OTHERS = {
  title: text(),
  individual: yesOrNo,
  organization: text(),
  address2: text(),
  address3: text(),
  state: text(),
  extension: text(),
  fax: phone,
  lang: language,
  appPurpose: oneOf(['P1', 'P2', 'P3', 'P4', 'P5']),
  nexusCategory: oneOf(['C11', 'C12', 'C21', 'C31', 'C32']),
  nexusCategoryCountry: country,
  accountType: oneOf(
    'LTD PLC PTNR STRA LLP IP IND SCH RCHAR GOV CRC STAT OTHER FIND FCORP FOTHER'.split(' ') as [
      string,
      ...string[],
    ],
  ),
  companyNumber: text(),
  orgid: text(127).check(
    z.refine(
      (value) => /^\[[A-Z]{2}\]./.test(value),
      'must be a country in brackets and an id, such as [SE]556677-8899',
    ),
  ),
  vatid: textLike(/^(?=.{1,64}$)[A-Z]{2} ?[\dA-Za-z]+$/, 'a country and letters or digits'),
};

/** The fields of a new contact, or of a domain's new owner. */
export const contactFields = {
  ...NEEDED,
  ...each({ ...NAMES, ...OTHERS }, (schema) => z.optional(schema)),
  extensions: z.optional(extensions),
};

/** The fields of a contact that is changed: what is left out stays as it is, null empties one. */
export const changedContactFields = {
  ...each({ ...NEEDED, ...NAMES, ...OTHERS }, (schema) => z.optional(emptiable(schema))),
  extensions: z.optional(emptiableExtensions),
};

/** The rules that a contact has a name, whole or in parts, and extensions of its TLD alone. */
export const namedAndOfTld = z.check<{
  readonly name?: string | undefined;
  readonly fname?: string | undefined;
  readonly lname?: string | undefined;
  readonly tld?: string | undefined;
  readonly extensions?: Readonly<Record<string, string>> | undefined;
}>(({ value, issues }) => {
  const { name, fname, lname, tld, extensions: given = {} } = value;
  if (name === undefined && (fname === undefined || lname === undefined)) {
    const message = 'or fname and lname must be given';
    issues.push({ code: 'custom', input: value, path: ['name'], message });
  }
  const stranger = tld === undefined ? undefined : strangerTo(tld, given);
  if (stranger) {
    const path = ['extensions', stranger.name];
    issues.push({ code: 'custom', input: value, path, message: stranger.message });
  }
});

/** The rule that something is changed. */
export const changesSomething = z.refine<Readonly<Record<string, unknown>>>(
  ({ extensions: given = {}, ...input }) =>
    Object.keys(Object(given)).length > 0 ||
    Object.keys(input).some((name) => Object.hasOwn(changedContactFields, name)),
  { path: ['body'], error: 'must hold at least one field to change' },
);

function each<Shape extends object, Made>(
  shape: Shape,
  make: (schema: z.ZodMiniType<string, unknown>) => Made,
): { [Name in keyof Shape]: Made } {
  const made = Object.entries(shape).map(([name, schema]) => [name, make(schema)]);
  return Object.fromEntries(made) as { [Name in keyof Shape]: Made };
}
