import { type Refuses, testRefusals, testReplies, testRequests } from './table.ts';

const CONTACTS = {
  ownerContact: 'CEXA-1',
  billingContact: 'CEXA-2',
  adminContact: 'CEXA-3',
  techContact: 'CEXA-4',
};
const CONTACTS_SENT = {
  'owner-c': 'CEXA-1',
  'billing-c': 'CEXA-2',
  'admin-c': 'CEXA-3',
  'tech-c': 'CEXA-4',
};

const REGISTER = {
  domain: 'Bücher.Example.',
  periodMonths: 12,
  ...CONTACTS,
  nameServers: ['NS1.example.net.', 'ns2.bücher.example'],
};
const TRANSFER = { domain: 'moving.example', transferAuthId: 'an&auth=code', ...CONTACTS };

testRequests([
  {
    action: 'domain-register',
    input: REGISTER,
    sends: {
      domain: 'xn--bcher-kva.example',
      period: '12',
      status: 'production',
      ...CONTACTS_SENT,
      'ns-list': 'ns1.example.net:ns2.xn--bcher-kva.example',
    },
  },
  {
    action: 'domain-register',
    input: {
      ...REGISTER,
      domain: 'new.example',
      nameServers: ['a.ns.example'],
      autoRenew: true,
      language: 'ger',
      registrarTag: 'a token',
      privacy: 'none',
      maxPrice: '9.50',
      clTrId: 'my order: 7',
    },
    sends: {
      domain: 'new.example',
      period: '12',
      status: 'production',
      ...CONTACTS_SENT,
      'ns-list': 'a.ns.example',
      autorenew: '1',
      language: 'ger',
      'registrar-tag': 'a token',
      privacy: 'none',
      'max-price': '9.50',
      cltrid: 'my order: 7',
    },
  },
  {
    action: 'domain-renew',
    input: { domain: 'shop.example', periodMonths: 24 },
    sends: { domain: 'shop.example', period: '24' },
  },
  {
    action: 'domain-renew',
    input: { domain: 'shop.example', expiryYear: 2030, privacy: 'keep', maxPrice: '12' },
    sends: { domain: 'shop.example', expyear: '2030', privacy: 'keep', 'max-price': '12' },
  },
  {
    action: 'domain-privacy-order',
    input: { domain: 'shop.example', privacy: 'pro' },
    sends: { domain: 'shop.example', privacy: 'pro' },
  },
  {
    action: 'domain-privacy-order',
    input: { domain: 'shop.example', privacy: 'basic', expiryYear: 2031, clTrId: 'x' },
    sends: { domain: 'shop.example', privacy: 'basic', expyear: '2031', cltrid: 'x' },
  },
  {
    action: 'domain-privacy-order',
    input: { domain: 'shop.example', privacy: 'basic', periodMonths: 12 },
    sends: { domain: 'shop.example', privacy: 'basic', period: '12' },
  },
  {
    action: 'domain-redeem',
    input: { domain: 'lapsed.example' },
    sends: { domain: 'lapsed.example' },
  },
  {
    action: 'domain-transfer-in-reseller',
    input: TRANSFER,
    sends: { domain: 'moving.example', 'transfer-auth-id': 'an&auth=code', ...CONTACTS_SENT },
    secrets: ['an&auth=code'],
  },
  {
    action: 'domain-transfer-in-reseller',
    input: {
      domain: 'moving.example',
      transferAuthId: 'x',
      ownerContact: 'CEXA-1',
      status: 'lock',
      autoRenew: false,
      nameServers: ['a.ns.example', 'b.ns.example'],
      ownerEmail: 'erika@shop.example',
      privacy: 'pro',
      maxPrice: '0.01',
    },
    sends: {
      domain: 'moving.example',
      'transfer-auth-id': 'x',
      'owner-c': 'CEXA-1',
      status: 'lock',
      autorenew: '0',
      'ns-list': 'a.ns.example:b.ns.example',
      'owner-email': 'erika@shop.example',
      privacy: 'pro',
      'max-price': '0.01',
    },
    secrets: ['x'],
  },
]);

const ACCEPTED = {
  status: 'pending',
  requestType: 'domain-register',
  requestObject: 'xn--bcher-kva.example',
  svTrId: '01dd7b8f013764167ed0e21db8e4e555',
  procId: '104000007',
  clTrId: null,
};

testReplies([
  {
    action: 'domain-register',
    what: 'both ids',
    input: REGISTER,
    wire: 'Status-Code: 1000\nTracking-Id: 01dd7b8f013764167ed0e21db8e4e555\nProc-ID: 104000007\n\n',
    reply: ACCEPTED,
  },
  {
    action: 'domain-register',
    what: 'the tracking id under its other name, no blank line, a clTrId',
    input: { ...REGISTER, clTrId: 'mine' },
    wire: 'Status-Code: 0\nproc-id: 104000007 \nSvTrId: 01dd7b8f013764167ed0e21db8e4e555\n',
    reply: { ...ACCEPTED, clTrId: 'mine' },
  },
  {
    action: 'domain-register',
    what: 'no id, or one that is none',
    input: REGISTER,
    wire: 'Status-Code: 0\nTracking-Id: not an id\nProc-ID: \n\n',
    reply: { ...ACCEPTED, svTrId: null, procId: null },
  },
]);

const without = (name: string) =>
  Object.fromEntries(Object.entries(REGISTER).filter(([it]) => it !== name));

testRefusals([
  ...Object.keys(REGISTER).map((name): Refuses => ['domain-register', without(name), name]),
  ['domain-register', { ...REGISTER, status: 'production' }, 'status'],
  ['domain-register', { ...REGISTER, nameServers: [] }, 'nameServers'],
  ['domain-register', { ...REGISTER, nameServers: ['a.example', 'b'] }, 'nameServers[1]'],
  ['domain-register', { ...REGISTER, nameServers: 'a.example:b.example' }, 'nameServers'],
  ['domain-register', { ...REGISTER, nameServers: Array(14).fill('a.example') }, 'nameServers'],
  ['domain-register', { ...REGISTER, periodMonths: 0 }, 'periodMonths'],
  ['domain-register', { ...REGISTER, periodMonths: 12.5 }, 'periodMonths'],
  ['domain-register', { ...REGISTER, periodMonths: '12' }, 'periodMonths'],
  ['domain-register', { ...REGISTER, autoRenew: 'true' }, 'autoRenew'],
  ['domain-register', { ...REGISTER, privacy: 'off' }, 'privacy'],
  ['domain-register', { ...REGISTER, maxPrice: 9.5 }, 'maxPrice'],
  ['domain-register', { ...REGISTER, maxPrice: '0.00' }, 'maxPrice'],
  ['domain-register', { ...REGISTER, maxPrice: '-1' }, 'maxPrice'],
  ['domain-register', { ...REGISTER, language: 'german' }, 'language'],
  ['domain-register', { ...REGISTER, clTrId: 'a\nb' }, 'clTrId'],
  ['domain-register', { ...REGISTER, cltrid: 'a' }, 'cltrid'],
  ['domain-register', { ...REGISTER, ownerContact: 'CEXA 1' }, 'ownerContact'],
  ['domain-renew', { domain: 'shop.example' }, 'periodMonths'],
  ['domain-renew', { domain: 'shop.example', periodMonths: 12, expiryYear: 2030 }, 'periodMonths'],
  ['domain-renew', { domain: 'shop.example', expiryYear: 30 }, 'expiryYear'],
  ['domain-renew', { domain: 'shop.example', expyear: 2030 }, 'expyear'],
  [
    'domain-privacy-order',
    { domain: 'shop.example', privacy: 'pro', periodMonths: 12, expiryYear: 2030 },
    'periodMonths',
  ],
  ['domain-privacy-order', { domain: 'shop.example', privacy: 'none' }, 'privacy'],
  ['domain-redeem', { domain: 'shop.example', period: 12 }, 'period'],
  ['domain-transfer-in-reseller', { ...TRANSFER, transferAuthId: '' }, 'transferAuthId'],
  ['domain-transfer-in-reseller', { ...TRANSFER, transferAuthId: 'a b' }, 'transferAuthId'],
  ['domain-transfer-in-reseller', { ...TRANSFER, periodMonths: 12 }, 'periodMonths'],
  ['domain-transfer-in-reseller', { ...TRANSFER, ownerEmail: 'nobody' }, 'ownerEmail'],
  ['domain-transfer-in-reseller', { ...TRANSFER, ownerContact: null }, 'ownerContact'],
]);
