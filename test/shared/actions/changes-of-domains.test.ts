import { QUEUED, testRefusals, testReplies, testRequests } from './table.ts';

const DOMAIN = { domain: 'shop.example' };
const DS = { keyTag: 12345, algorithm: 8, digestType: 2, digest: 'ABcd01' };
const DE = { protocol: 3, algorithm: 13, flags: 257, publicKey: 'AwEAAa+/==' };
const PLAIN = ['domain-lock', 'domain-unlock', 'domain-transfer-get-auth-id'];
const OWNER = {
  name: 'Erika Mustermann',
  email: 'erika@shop.example',
  address1: 'Heidestraße 17',
  city: 'Köln',
  postalCode: '51147',
  country: 'DE',
  phone: '+49.221123456',
};

testRequests([
  ...PLAIN.map((action) => ({ action, input: DOMAIN, sends: DOMAIN })),
  ...PLAIN.map((action) => ({
    action,
    input: { ...DOMAIN, clTrId: 'x' },
    sends: { ...DOMAIN, cltrid: 'x' },
  })),
  {
    action: 'domain-modify',
    input: { ...DOMAIN, billingContact: 'B', adminContact: 'A', techContact: 'T' },
    sends: { ...DOMAIN, 'billing-c': 'B', 'admin-c': 'A', 'tech-c': 'T' },
  },
  {
    action: 'domain-modify',
    input: { ...DOMAIN, nameServers: ['b.ns.example', 'a.ns.example'], registrarTag: 'tag' },
    sends: { ...DOMAIN, 'ns-list': 'b.ns.example:a.ns.example', 'registrar-tag': 'tag' },
  },
  {
    action: 'domain-modify',
    input: { ...DOMAIN, dsRecords: [DS, { ...DS, keyTag: 0 }] },
    sends: { ...DOMAIN, dnssec: '1', 'ds-1': '12345:8:2:ABcd01', 'ds-2': '0:8:2:ABcd01' },
  },
  {
    action: 'domain-modify',
    input: { domain: 'shop.de', dsRecords: [DE] },
    sends: { domain: 'shop.de', dnssec: '1', 'ds-1': '3:13:257:AwEAAa+/==' },
  },
  {
    action: 'domain-modify',
    input: { ...DOMAIN, dsRecords: [] },
    sends: { ...DOMAIN, dnssec: '0' },
  },
  {
    action: 'domain-delete',
    input: { ...DOMAIN, force: true, type: 'immediate' },
    sends: { ...DOMAIN, force: '1', type: 'immediate' },
  },
  { action: 'domain-delete', input: { ...DOMAIN, force: 'Yes' }, sends: { ...DOMAIN, force: '1' } },
  { action: 'domain-delete', input: { ...DOMAIN, force: false }, sends: DOMAIN },
  {
    action: 'domain-owner-change',
    input: { ...DOMAIN, ...OWNER, tld: 'CA', lockOptOut: true, extensions: { caLegalType: 'CCT' } },
    sends: {
      ...DOMAIN,
      tld: 'ca',
      'lock-opt-out': '1',
      name: 'Erika Mustermann',
      email: 'erika@shop.example',
      'address-1': 'Heidestraße 17',
      city: 'Köln',
      'postal-code': '51147',
      country: 'DE',
      phone: '+49.221123456',
      'x-ca-legal-type': 'CCT',
    },
  },
  ...(
    [
      ['autorenew', true, '1'],
      ['autorenew', false, '0'],
      ['autorenew', null, ''],
      ['whois-opt-out', true, '1'],
      ['whois-opt-out', false, '0'],
      ['whois-opt-out', null, ''],
      ['privacy', 'off', 'off'],
      ['privacy', 'basic', 'basic'],
      ['privacy', 'pro', 'pro'],
      ['privacy', null, ''],
    ] as const
  ).map(([property, value, pvalue]) => ({
    action: 'domain-set-property',
    input: { ...DOMAIN, property, value },
    sends: { ...DOMAIN, pname: property, pvalue },
  })),
  ...['resend-foa', 'cancel'].map((action) => ({
    action: 'domain-transfer-control',
    input: { ...DOMAIN, action },
    sends: { ...DOMAIN, action },
  })),
]);

const IDS = { svTrId: '01dd7b8f013764167ed0e21db8e4e555', procId: '104000007' };

testReplies([
  ...[...PLAIN, 'domain-delete'].map((action) => ({
    action,
    what: 'accepted',
    input: DOMAIN,
    wire: QUEUED,
    reply: {
      status: 'pending',
      requestType: action,
      requestObject: 'shop.example',
      ...IDS,
      clTrId: null,
    },
  })),
  {
    action: 'domain-transfer-control',
    what: 'with ids',
    input: { ...DOMAIN, action: 'cancel' },
    wire: QUEUED,
    reply: IDS,
  },
  {
    action: 'domain-transfer-control',
    what: 'without',
    input: { ...DOMAIN, action: 'cancel' },
    wire: 'Status-Code: 0\n\n',
    reply: { procId: null, svTrId: null },
  },
]);

testRefusals([
  ...PLAIN.map((action) => [action, {}, 'domain'] as const),
  ['domain-lock', { domain: '*.example' }, 'domain'],
  ['domain-modify', DOMAIN, 'billingContact'],
  ['domain-modify', { ...DOMAIN, ownerContact: 'X' }, 'ownerContact'],
  ['domain-modify', { ...DOMAIN, dsRecords: Array(7).fill(DS) }, 'dsRecords'],
  ['domain-modify', { ...DOMAIN, dsRecords: DS }, 'dsRecords'],
  ['domain-modify', { ...DOMAIN, dsRecords: ['12345:8:2:AB'] }, 'dsRecords[0]'],
  ['domain-modify', { ...DOMAIN, dsRecords: [{}] }, 'dsRecords[0]'],
  [
    'domain-modify',
    { ...DOMAIN, dsRecords: [DS, { ...DS, keyTag: 65_536 }] },
    'dsRecords[1].keyTag',
  ],
  ['domain-modify', { ...DOMAIN, dsRecords: [{ ...DS, keyTag: '1' }] }, 'dsRecords[0].keyTag'],
  ['domain-modify', { ...DOMAIN, dsRecords: [{ ...DS, digest: 'ABC' }] }, 'dsRecords[0].digest'],
  [
    'domain-modify',
    { ...DOMAIN, dsRecords: [{ ...DS, digest: undefined }] },
    'dsRecords[0].digest',
  ],
  ['domain-modify', { ...DOMAIN, dsRecords: [{ ...DS, flags: 1 }] }, 'dsRecords[0].flags'],
  [
    'domain-modify',
    { ...DOMAIN, dsRecords: [{ ...DE, publicKey: 'a:b' }] },
    'dsRecords[0].publicKey',
  ],
  ['domain-modify', { ...DOMAIN, dsRecords: [{ ...DE, protocol: 256 }] }, 'dsRecords[0].protocol'],
  ['domain-modify', { ...DOMAIN, dnssec: '1', techContact: 'T' }, 'dnssec'],
  ['domain-delete', { ...DOMAIN, force: 'y' }, 'force'],
  ['domain-delete', { ...DOMAIN, type: 'soon' }, 'type'],
  ['domain-owner-change', { ...DOMAIN, ...OWNER, name: undefined }, 'name'],
  ['domain-owner-change', { ...DOMAIN, ...OWNER, ownerContact: 'X' }, 'ownerContact'],
  [
    'domain-owner-change',
    { ...DOMAIN, ...OWNER, tld: 'de', extensions: { caLegalType: 'CCT' } },
    'extensions.caLegalType',
  ],
  ['domain-set-property', { ...DOMAIN, property: 'autorenew' }, 'value'],
  ['domain-set-property', { ...DOMAIN, property: 'autorenew', value: 'off' }, 'value'],
  ['domain-set-property', { ...DOMAIN, property: 'autorenew', value: 1 }, 'value'],
  ['domain-set-property', { ...DOMAIN, property: 'privacy', value: true }, 'value'],
  ['domain-set-property', { ...DOMAIN, property: 'privacy', value: '' }, 'value'],
  ['domain-set-property', { ...DOMAIN, property: 'lock', value: true }, 'property'],
  ['domain-set-property', { domain: '*', property: 'autorenew', value: true }, 'domain'],
  ['domain-transfer-control', { ...DOMAIN, action: 'list' }, 'action'],
  ['domain-transfer-control', { ...DOMAIN, action: 'show' }, 'action'],
  ['domain-transfer-control', { action: 'cancel' }, 'domain'],
]);
