import type * as z from 'zod/mini';
import { country, email } from './contact-texts.ts';
import { date } from './date.ts';
import { oneOf, text, textLike } from './text.ts';

const latin = (maximum: number) =>
  textLike(
    new RegExp(`^[\\x20-\\x7e\\xa0-\\xff]{1,${maximum}}$`),
    `1 to ${maximum} Latin-1 characters`,
  );
const LATIN_30 = latin(30);
const LATIN_50 = latin(50);
const DIGITS = textLike(/^\d{1,30}$/, 'digits');
const COUNTRY = textLike(/^[A-Z]{2}$/, 'a country of two capital letters (ISO 3166)');
const words = (list: string) => oneOf(list.split(' ') as [string, ...string[]]);

/** What registries ask of a contact beside what all do: their TLDs, and DMAPI's names of it. */
export const EXTENSIONS: Readonly<
  Record<string, Readonly<Record<string, z.ZodMiniType<string, string>>>>
> = {
  be: {
    'x-be-lang': words('en fr nl'),
    'x-be-type': words('owner admin tech licensee onsite'),
    'x-be-vatid': text(), // a VAT id
  },
  ca: {
    'x-ca-legal-type': words(
      'ABO ASS CCO CCT EDU GOV HOP INB LAM LGR MAJ OMK PLT PRT RES TDM TRD TRS',
    ),
  },
  cn: {
    'x-cn-owner-id-number': LATIN_30,
    'x-cn-owner-id-type': words(
      'SFZ HZ GAJMTX TWJMTX WJLSFZ GAJZZ TWJZZ JGZ QT ORG YYZZ TYDM BDDM JDDWFW SYDWFR WGCZJG SHTTFR ZJCS MBFQY JJHFR LSZY WGZHWH WLCZJG SFJD JWJG SHFWJG MBXXBX YLJGZY GZJGZY BJWSXX QTTYDM',
    ), // for owner type I only the first nine
    'x-cn-owner-type': words('E I'), // E an enterprise, I an individual
  },
  'at co.at or.at': {
    'x-atnic-type': words('privateperson role organisation'),
  },
  'uk co.uk me.uk net.uk plc.uk org.uk ltd.uk': {
    'x-nominet-trading-name': LATIN_50,
    'x-nominet-company-no': LATIN_30,
    'x-nominet-type': words(
      'LTD PLC PTNR STRA LLP IP IND SCH RCHAR GOV CRC STAT OTHER FIND FCORP FOTHER',
    ),
  },
  de: {
    'x-de-type': words('person role org'),
  },
  dk: {
    'x-dk-user-id-number': text(),
    'x-dk-user-type': words('COMPANY PERSON PUBORG ASSOCIATION'),
  },
  'eu xn--e1a4c xn--qxa6a': {
    'x-eu-natural-person': words('true false'),
    'x-eu-country-of-citizenship': COUNTRY,
    'x-eu-lang': words('bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv'),
    'x-eu-type': words('owner admin onsite'),
  },
  fi: {
    'x-ficora-birthdate': date,
    'x-ficora-identity': textLike(/^[\w-]{5,20}$/, '5 to 20 letters, digits and dashes'),
    'x-ficora-is-finnish': words('yes no'),
    'x-ficora-legalemail': email, // needed for companies
    'x-ficora-registernumber': textLike(
      /^[^\p{Cc}\p{Surrogate}\ufffd\u2028\u2029]{3,30}$/u,
      '3 to 30 characters',
    ),
    'x-ficora-role': words('billing admin tech owner'),
    'x-ficora-type': words(
      'association privateperson company corporation institution politicalparty township government publiccommunity municipality',
    ),
  },
  fr: {
    'x-fr-announce': DIGITS,
    'x-fr-birthcity': LATIN_30, // of natural persons born in France
    'x-fr-birthdate': date,
    'x-fr-birthpc': LATIN_30,
    'x-fr-birthplace': COUNTRY,
    'x-fr-date-association': date,
    'x-fr-date-publication-jo': date, // in the official gazette
    'x-fr-duns': LATIN_30,
    'x-fr-local': LATIN_30,
    'x-fr-numero-de-page-announce-jo': DIGITS,
    'x-fr-restrict-pub': words('0 1'), // 1 hides private data in whois
    'x-fr-siren-or-siret': LATIN_30,
    'x-fr-trademark': LATIN_30,
    'x-fr-vatid': LATIN_30,
    'x-fr-waldec': DIGITS, // of an association; enough by itself
  },
  ie: {
    'x-ie-applicant': text(),
    'x-ie-applicant-class': oneOf([
      'Company',
      'Business Owner',
      'Club/Band/Local Group',
      'School/College',
      'State Agency',
      'Blogger/Other',
    ]),
  },
  it: {
    'x-it-consentforpublishing': words('0 1'),
    'x-it-entity-type': words('1 2 3 4 5 6 7'),
    'x-it-pin': text(), // a tax number
    'x-it-sect3-liability': words('0 1'),
    'x-it-sect5-personal-data-for-registration': words('0 1'),
    'x-it-sect6-personal-data-for-diffusion': words('0 1'),
    'x-it-sect7-explicit-acceptance': words('0 1'),
  },
  nl: {
    'x-nl-legal-form': words(
      'ANDERS BGG BRO BV BVI/O COOP CV EENMANSZAAK EESV KERK MAATSCHAP NV OWM PERSOON REDR STICHTING VERENIGING VOF',
    ),
    'x-nl-legal-form-registration-no': LATIN_30,
  },
  nu: {
    'x-iinu-orgid': LATIN_30,
    'x-iinu-vatid': LATIN_30,
  },
  'se pp.se': {
    'x-iise-vatid': LATIN_30,
    'x-iise-orgid': LATIN_30,
  },
  sk: {
    'x-sk-contact-ident-number': text(),
    'x-sk-contact-legal-form': words('CORP PERS'), // CORP a company, PERS a person
  },
  us: {
    'x-us-app-purpose': textLike(/^[Pp][1-5]$/, 'P1 to P5'),
    'x-us-nexus-category': textLike(/^[Cc](11|12|21|31|32)$/, 'C11, C12, C21, C31 or C32'),
    'x-us-nexus-category-country': country,
  },
  xxx: {
    'x-xxx-membership-token': LATIN_30,
  },
};
