import { list, NONE, testRefusals, testReplies, testRequests } from './table.ts';

const CONTACT = {
  email: 'erika@bücher.example',
  address1: 'Heidestraße 17',
  city: 'Köln',
  postalCode: '51147',
  country: 'de',
  phone: '+49.221123456',
};
const SENT = {
  email: 'erika@bücher.example',
  'address-1': 'Heidestraße 17',
  city: 'Köln',
  'postal-code': '51147',
  country: 'de',
  phone: '+49.221123456',
};
const OTHERS = {
  name: 'Erika & Max = Mustermann',
  fname: 'Erika',
  lname: 'Mustermann',
  title: 'Dr.',
  individual: 'No',
  organization: 'Müller + Söhne',
  address2: 'Hof; 2',
  address3: '#3',
  state: 'NRW',
  extension: '12',
  fax: '+49 (221) 1234-57',
  lang: 'DE',
  appPurpose: 'P1',
  nexusCategory: 'C31',
  nexusCategoryCountry: 'us',
  accountType: 'FOTHER',
  companyNumber: 'HRB 1',
  orgid: '[SE]556677-8899',
  vatid: 'DE 123456789',
};
const OTHERS_SENT = {
  name: 'Erika & Max = Mustermann',
  fname: 'Erika',
  lname: 'Mustermann',
  title: 'Dr.',
  individual: 'No',
  organization: 'Müller + Söhne',
  'address-2': 'Hof; 2',
  'address-3': '#3',
  state: 'NRW',
  extension: '12',
  fax: '+49 (221) 1234-57',
  lang: 'DE',
  'app-purpose': 'P1',
  'nexus-category': 'C31',
  'nexus-category-country': 'us',
  'account-type': 'FOTHER',
  'company-number': 'HRB 1',
  orgid: '[SE]556677-8899',
  vatid: 'DE 123456789',
};
const NEW = { tld: 'com', name: 'Erika', ...CONTACT };

testRequests([
  {
    action: 'contact-create',
    input: { ...CONTACT, ...OTHERS, tld: 'ЕЮ', extensions: { euType: 'owner', euLang: 'bg' } },
    sends: {
      ...SENT,
      ...OTHERS_SENT,
      tld: 'xn--e1a4c',
      'x-eu-type': 'owner',
      'x-eu-lang': 'bg',
    },
  },
  {
    action: 'contact-create',
    input: {
      ...CONTACT,
      tld: 'co.uk.',
      fname: 'Erika',
      lname: 'M.',
      individual: true,
      clTrId: 'x',
    },
    sends: { ...SENT, tld: 'co.uk', fname: 'Erika', lname: 'M.', individual: 'Y', cltrid: 'x' },
  },
  {
    action: 'contact-create',
    input: { ...NEW, individual: false, extensions: {} },
    sends: { ...SENT, tld: 'com', name: 'Erika', individual: 'N' },
  },
  {
    action: 'contact-modify',
    input: { handle: 'CEXA-1', ...OTHERS, ...CONTACT },
    sends: { handle: 'CEXA-1', ...OTHERS_SENT, ...SENT },
  },
  {
    action: 'contact-modify',
    input: { handle: 'CEXA-1', fax: null, individual: null, orgid: null, clTrId: 'x' },
    sends: { handle: 'CEXA-1', fax: '!@!', individual: '!@!', orgid: '!@!', cltrid: 'x' },
  },
  {
    action: 'contact-modify',
    input: { handle: 'CEXA-1', extensions: { frDuns: null, frSirenOrSiret: '732829320' } },
    sends: { handle: 'CEXA-1', 'x-fr-duns': '!@!', 'x-fr-siren-or-siret': '732829320' },
  },
  { action: 'contact-delete', input: { handle: 'CEXA-1' }, sends: { handle: 'CEXA-1' } },
  { action: 'query-contact-list', input: {}, sends: {} },
  {
    action: 'query-contact-list',
    input: { pattern: 'CEXA-?', from: '1', to: '9', tld: 'De', extendedFormat: 'true' },
    sends: { pattern: 'CEXA-?', from: '1', to: '9', tld: 'de', 'extended-format': '1' },
  },
]);

const EXTENDED = { extendedFormat: 'true' };

testReplies([
  {
    action: 'contact-create',
    what: 'names no object',
    input: NEW,
    wire: 'Status-Code: 0\nProc-ID: 7\n\n',
    reply: {
      status: 'pending',
      requestType: 'contact-create',
      requestObject: null,
      svTrId: null,
      procId: '7',
      clTrId: null,
    },
  },
  {
    action: 'contact-modify',
    what: 'names the handle',
    input: { handle: 'CEXA-1', city: 'Bonn', clTrId: 'x' },
    wire: 'Status-Code: 0\nProc-ID: 7\n\n',
    reply: {
      status: 'pending',
      requestType: 'contact-modify',
      requestObject: 'CEXA-1',
      svTrId: null,
      procId: '7',
      clTrId: 'x',
    },
  },
  {
    action: 'query-contact-list',
    what: 'of handles',
    wire: list(['CEXA-1', '', 'CEXA-2\r']),
    reply: { contacts: [{ handle: 'CEXA-1' }, { handle: 'CEXA-2' }] },
  },
  {
    action: 'query-contact-list',
    what: 'in the long form, without columns',
    input: EXTENDED,
    wire: list(['CEXA-1\tErika M.\tA & B\te@a.example', 'CEXA-2\tMax M.\t-'], 'Separator: TAB'),
    reply: {
      contacts: [
        { handle: 'CEXA-1', name: 'Erika M.', organization: 'A & B', email: 'e@a.example' },
        { handle: 'CEXA-2', name: 'Max M.', organization: null, email: null },
      ],
    },
  },
  {
    action: 'query-contact-list',
    what: 'in the long form, by columns',
    input: EXTENDED,
    wire: list(['A & B\tErika\tCEXA-1'], 'Columns: organization,name,handle', 'Separator: \\t'),
    reply: {
      contacts: [{ handle: 'CEXA-1', name: 'Erika', organization: 'A & B', email: null }],
    },
  },
  { action: 'query-contact-list', what: 'of nothing', wire: list([]), reply: { contacts: [] } },
  { action: 'query-contact-list', what: 'of none', wire: NONE, reply: { contacts: [] } },
]);

testRefusals([
  ...Object.keys(NEW).map(
    (name) => ['contact-create', { ...NEW, [name]: undefined }, name] as const,
  ),
  ['contact-create', { ...NEW, name: undefined, fname: 'Erika' }, 'name'],
  ['contact-create', { ...NEW, city: null }, 'city'],
  ['contact-create', { ...NEW, city: 'Köln\nBonn' }, 'city'],
  ['contact-create', { ...NEW, country: 'DEU' }, 'country'],
  ['contact-create', { ...NEW, phone: 'none' }, 'phone'],
  ['contact-create', { ...NEW, email: 'erika' }, 'email'],
  ['contact-create', { ...NEW, email: 'erika @a.example' }, 'email'],
  ['contact-create', { ...NEW, individual: 'yes' }, 'individual'],
  ['contact-create', { ...NEW, lang: 'deu' }, 'lang'],
  ['contact-create', { ...NEW, appPurpose: 'P6' }, 'appPurpose'],
  ['contact-create', { ...NEW, nexusCategory: 'C13' }, 'nexusCategory'],
  ['contact-create', { ...NEW, accountType: 'ltd' }, 'accountType'],
  ['contact-create', { ...NEW, orgid: 'SE556677-8899' }, 'orgid'],
  ['contact-create', { ...NEW, orgid: `[SE]${'1'.repeat(124)}` }, 'orgid'],
  ['contact-create', { ...NEW, vatid: 'DE  1' }, 'vatid'],
  ['contact-create', { ...NEW, vatid: `DE${'1'.repeat(63)}` }, 'vatid'],
  ['contact-create', { ...NEW, extensions: [] }, 'extensions'],
  ['contact-create', { ...NEW, extensions: { caLegalType: 'CCT' } }, 'extensions.caLegalType'],
  [
    'contact-create',
    { ...NEW, extensions: { 'x-ca-legal-type': 'CCT' } },
    'extensions.x-ca-legal-type',
  ],
  [
    'contact-create',
    { ...NEW, tld: 'ca', extensions: { caLegalType: 'X' } },
    'extensions.caLegalType',
  ],
  [
    'contact-create',
    { ...NEW, tld: 'ca', extensions: { caLegalType: null } },
    'extensions.caLegalType',
  ],
  ['contact-create', { ...NEW, 'x-ca-legal-type': 'CCT' }, 'x-ca-legal-type'],
  ['contact-modify', { handle: 'CEXA-1' }, 'body'],
  ['contact-modify', { handle: 'CEXA-1', clTrId: 'x' }, 'body'],
  ['contact-modify', { handle: 'CEXA-1', extensions: {} }, 'body'],
  ['contact-modify', { city: 'Bonn' }, 'handle'],
  ['contact-modify', { handle: 'CEXA-1', tld: 'com' }, 'tld'],
  ['contact-modify', { handle: 'CEXA-1', extensions: { frDuns: 7 } }, 'extensions.frDuns'],
  ['contact-delete', { handle: 'CEXA-*' }, 'handle'],
  ['contact-delete', { handle: '' }, 'handle'],
  ['query-contact-list', { extendedFormat: 'yes' }, 'extendedFormat'],
  ['query-contact-list', { to: '1.5' }, 'to'],
  ['query-contact-list', { tld: 'c m' }, 'tld'],
]);
