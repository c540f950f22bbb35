import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { action as contactCreate } from '../../../shared/actions/contact-create.ts';
import { action as contactModify } from '../../../shared/actions/contact-modify.ts';
import { emptiableExtensions, extensions, strangerTo } from '../../../shared/input/extensions.ts';
import { fieldOf } from '../../../shared/input/wire-names.ts';
import { anyText } from '../../any-text.ts';
import { DOCUMENTED_EXTENSIONS } from './documented-extensions.ts';

const ALL = DOCUMENTED_EXTENSIONS.map(([wireName, tlds, form]) => ({
  wireName,
  tlds: tlds.split(' '),
  form,
  field: String(fieldOf(wireName, ['extensions'])).replace(/^extensions\./, ''),
}));
const NAMED = ALL.map((one) => [one.wireName, one] as const);

/** Texts of the form, but for what is narrower here: one line of some length, days of the calendar. */
function textsOf({ wireName, form }: (typeof ALL)[number]): fc.Arbitrary<string> {
  if (wireName === 'x-ficora-legalemail')
    return fc.constantFrom('a@b.example', 'ä+1@bücher.example');
  if (form.source.includes('\\d{4}-')) {
    const days = { min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true };
    return fc.date(days).map((day) => day.toISOString().slice(0, 'YYYY-MM-DD'.length));
  }
  if (form.source === '^\\d+$') return fc.stringMatching(/^\d{1,30}$/);
  return fc
    .stringMatching(form)
    .filter((it) => it.length <= 255 && !/[\p{Cc}\u2028\u2029\ufffd]|\p{Surrogate}/u.test(it));
}

test('there are 61, each under its own name, and no others', () => {
  expect(new Set(ALL.map(({ field }) => field)).size).toBe(61);
  const one = Object.fromEntries(ALL.map(({ field }) => [field, null]));
  const params = Object.fromEntries(ALL.map(({ wireName }) => [wireName, '!@!']));
  expect(emptiableExtensions.safeParse(one)).toMatchObject({ success: true, data: params });
  expect(extensions.safeParse({}).data).toEqual({});
  expect(extensions.safeParse({ nothing: 'x' }).success).toBe(false);
});

test.each([
  ['x-ca-legal-type', 'extensions.caLegalType'],
  ['x-fr-siren-or-siret', 'extensions.frSirenOrSiret'],
  ['x-it-sect3-liability', 'extensions.itSect3Liability'],
])('%s is our %s', (wireName, field) => {
  expect(fieldOf(wireName, ['extensions'])).toBe(field);
  expect(contactCreate.fieldOf?.(wireName.toUpperCase())).toBe(field);
});

describe('the form of', () => {
  test.each(NAMED)('%s is that of the documents', (wireName, one) => {
    const { field, form } = one;
    const accepted = fc.property(textsOf(one), (value) => {
      expect(extensions.safeParse({ [field]: value }).data).toEqual({ [wireName]: value });
    });
    fc.assert(accepted, { numRuns: 15 });
    const bad = anyText({ maxLength: 40 }).filter((value) => !form.test(value));
    const refused = fc.property(bad, (value) => {
      expect(extensions.safeParse({ [field]: value }).error?.issues[0]?.path).toEqual([field]);
    });
    fc.assert(refused, { numRuns: 15 });
  });
});

describe('with a TLD given', () => {
  test.each(NAMED)(
    '%s is one of its own, and a stranger to others',
    (wireName, { tlds, field }) => {
      const given = { [wireName]: 'x' };
      for (const tld of tlds) expect(strangerTo(tld, given)).toBeUndefined();
      for (const tld of ['com', 'xn--p1ai', `x${tlds[0]}`]) {
        expect(strangerTo(tld, given)).toMatchObject({ name: field });
      }
    },
  );
});

test('null empties one of a contact that is there, and none of a new one', () => {
  const modified = { handle: 'CEXA-1', extensions: { deType: null } };
  expect(contactModify.input.safeParse(modified)).toMatchObject({
    success: true,
    data: { extensions: { 'x-de-type': '!@!' } },
  });
  expect(extensions.safeParse({ deType: null }).success).toBe(false);
});
