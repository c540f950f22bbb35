import { fixture } from '../../wire.ts';
import { list, testRefusals, testReplies, testRequests } from './table.ts';

const DOMAIN = { domain: 'shop.example' };
const AUTORENEW = { ...DOMAIN, property: 'autorenew' };
const SOLD = 'Status-Code: 0\n\nautorenew: 1\n';
const EMPTY = 'Status-Code: 0\n\n';

testRequests([
  { action: 'query-domain-list', input: {}, sends: { showstatus: '1' } },
  {
    action: 'query-domain-list',
    input: {
      pattern: 'ex?mple.*',
      from: '1',
      to: '50',
      showGrants: 'true',
      showPrivacy: 'true',
      showJokerNs: 'true',
    },
    sends: {
      pattern: 'ex?mple.*',
      from: '1',
      to: '50',
      showgrants: '1',
      showprivacy: '1',
      showjokerns: '1',
      showstatus: '1',
    },
  },
  {
    action: 'query-domain-list',
    input: { showGrants: 'false', showPrivacy: 'false', showJokerNs: 'false' },
    sends: { showstatus: '1' },
  },
  { action: 'domain-check', input: DOMAIN, sends: DOMAIN },
  {
    action: 'domain-check',
    input: { domain: 'βόλος.Example', checkPrice: 'restore', periodMonths: '120', language: 'gre' },
    sends: {
      domain: 'xn--nxasmm1c.example',
      'check-price': 'restore',
      period: '120',
      language: 'gre',
    },
  },
  {
    action: 'domain-get-property',
    input: AUTORENEW,
    sends: { ...DOMAIN, pname: 'autorenew' },
    wire: SOLD,
  },
  {
    action: 'domain-transfer-list',
    input: {},
    as: 'domain-transfer-control',
    sends: { action: 'list' },
    wire: EMPTY,
  },
  {
    action: 'domain-transfer-list',
    input: DOMAIN,
    as: 'domain-transfer-control',
    sends: { ...DOMAIN, action: 'show' },
    wire: EMPTY,
  },
  { action: 'query-whois', input: DOMAIN, sends: DOMAIN, wire: EMPTY },
  {
    action: 'query-whois',
    input: { contact: 'CEXA-1', internal: 'true' },
    sends: { contact: 'CEXA-1', internal: '1' },
    wire: EMPTY,
  },
  {
    action: 'query-whois',
    input: { host: 'NS1.Shop.Example', internal: 'false' },
    sends: { host: 'ns1.shop.example' },
    wire: EMPTY,
  },
]);

const row = (more: object = {}) => ({
  domain: 'a.example',
  expirationDate: '2030-01-31',
  statuses: ['production', 'lock'],
  ...more,
});
const GRANTED = {
  ownRole: '@creator',
  invitationPossible: true,
  numberOfConfirmedGrants: 0,
  pendingInvitations: 'undef',
};
const PRIVATE = { privacyStatus: 'pro', privacyOrigin: 'order', privacyExpiration: '2027-01-01' };
const ALL = { showGrants: 'true', showPrivacy: 'true', showJokerNs: 'true' };

testReplies([
  {
    action: 'query-domain-list',
    what: 'as recorded, by its columns',
    wire: fixture('query-domain-list.one-row'),
    reply: {
      domains: [{ domain: 'example.net', expirationDate: '2030-01-31', statuses: ['production'] }],
    },
  },
  {
    action: 'query-domain-list',
    what: 'of nothing, as recorded',
    wire: fixture('query-domain-list.no-match'),
    reply: { domains: [] },
  },
  {
    action: 'query-domain-list',
    what: 'without columns',
    wire: list(['a.example 2030-01-31 production,lock']),
    reply: { domains: [row()] },
  },
  {
    action: 'query-domain-list',
    what: 'without columns, and privacy alone asked for',
    input: { showPrivacy: 'true' },
    wire: list(['a.example 2030-01-31 production,lock pro order 2027-01-01']),
    reply: { domains: [row(PRIVATE)] },
  },
  {
    action: 'query-domain-list',
    what: "without columns, and Joker's name servers alone asked for",
    input: { showJokerNs: 'true' },
    wire: list(['a.example 2030-01-31 production,lock 1', 'b.example 2030-01-31 - no']),
    reply: {
      domains: [row({ jokerNs: true }), row({ domain: 'b.example', statuses: [], jokerNs: false })],
    },
  },
  {
    action: 'query-domain-list',
    what: 'of all that can be asked for, without columns',
    input: ALL,
    wire: list([
      'a.example 2030-01-31 production,lock @creator true 0 undef pro order 2027-01-01 true',
    ]),
    reply: { domains: [row({ ...GRANTED, ...PRIVATE, jokerNs: true })] },
  },
  {
    action: 'query-domain-list',
    what: 'of all, by columns in another order, one of them unknown and one of a name all objects have',
    input: ALL,
    wire: list(
      ['1\t@creator\tsoon\tx\tproduction,lock\ta.example\t20300131000000'],
      'Columns: joker_ns,own_role,New-Column,constructor,Domain_Status,domain,expiration_date',
      'Separator: TAB',
    ),
    reply: {
      domains: [
        {
          jokerNs: true,
          ownRole: '@creator',
          newColumn: 'soon',
          constructor: 'x',
          ...row(),
          invitationPossible: null,
          numberOfConfirmedGrants: null,
          pendingInvitations: null,
          privacyStatus: null,
          privacyOrigin: null,
          privacyExpiration: null,
        },
      ],
    },
  },
  {
    action: 'query-domain-list',
    what: 'with rows that cannot be read',
    wire: list([
      'a.example 2030-01-31 production,lock',
      '- 2030-01-31 production',
      `${'x'.repeat(5000)} 2030-01-31 production`,
    ]),
    reply: {
      domains: [row()],
      unreadableRows: [
        { row: 2, reason: 'it has no domain' },
        { row: 3, reason: 'its domain is too long' },
      ],
    },
  },
  {
    action: 'query-domain-list',
    what: 'with days that are none',
    wire: list(['a.example 2030-02-30 production,lock', 'b.example never x']),
    reply: {
      domains: [
        row({ expirationDate: null }),
        { domain: 'b.example', expirationDate: null, statuses: ['x'] },
      ],
    },
  },
  {
    action: 'domain-check',
    what: 'available, with prices',
    input: { ...DOMAIN, checkPrice: 'create' },
    wire: list(
      [
        'domain-status: available',
        'domain-class: premium-a',
        'domain-price-create: 9.90 EUR 1y',
        'domain-price-restore: 80 EUR',
        'domain-price-renew: n/a',
      ],
      'Status-Text: OK',
    ),
    reply: {
      ...DOMAIN,
      availability: 'available',
      reason: null,
      class: 'premium-a',
      prices: {
        create: { amount: '9.90', currency: 'EUR', years: 1 },
        restore: { amount: '80', currency: 'EUR', years: 1 },
      },
    },
  },
  ...(
    [
      ['Premium', 'premium', null],
      ['unavailable', 'unavailable', null],
      ['free', 'available', null],
      ['unavailable:registered [until: 2030]', 'unavailable', 'registered [until: 2030]'],
      ['reserved', 'unknown', null],
      ['constructor', 'unknown', null],
      ['', 'unknown', null],
    ] as const
  ).map(([status, availability, reason]) => ({
    action: 'domain-check',
    what: `domain-status: ${status}`,
    input: DOMAIN,
    wire: list([`domain-status: ${status}`]),
    reply: { ...DOMAIN, availability, reason, class: null, prices: {} },
  })),
  {
    action: 'domain-check',
    what: 'with a reason, and the status among the headers',
    input: DOMAIN,
    wire: list(['domain-status-reason: in use'], 'Domain-Status: unavailable'),
    reply: {
      ...DOMAIN,
      availability: 'unavailable',
      reason: 'in use',
      class: null,
      prices: {},
    },
  },
  ...(
    [
      ['autorenew', '1', true],
      ['whois-opt-out', '0', false],
      ['privacy', 'basic', 'basic'],
      ['privacy', '1', '1'],
      ['autorenew', '', null],
      ['autorenew', 'inherit', 'inherit'],
    ] as const
  ).map(([property, written, value]) => ({
    action: 'domain-get-property',
    what: `${property}: ${written}`,
    input: { ...DOMAIN, property },
    wire: list([`${property}: ${written}`]),
    reply: { property, value },
  })),
  {
    action: 'domain-transfer-list',
    what: 'parted by TABs',
    wire: list(
      ['a.example\tFOA_BEEN_SENT\to@a.example\t-', 'b.example\tIN_DB\t\ta@b.example'],
      'Separator: "\\t"',
    ),
    reply: {
      transfers: [
        {
          domain: 'a.example',
          state: 'FOA_BEEN_SENT',
          ownerEmail: 'o@a.example',
          adminEmail: null,
        },
        { domain: 'b.example', state: 'IN_DB', ownerEmail: null, adminEmail: 'a@b.example' },
      ],
    },
  },
  {
    action: 'domain-transfer-list',
    what: 'by columns, with one more',
    wire: list(
      ['FOA_ACK a.example', 'FOA_NACK'],
      'Columns: state,domain,owner-email,admin-email,since',
    ),
    reply: {
      transfers: [{ domain: 'a.example', state: 'FOA_ACK', ownerEmail: null, adminEmail: null }],
      unreadableRows: [{ row: 2, reason: 'it has no domain' }],
    },
  },
  {
    action: 'query-whois',
    what: 'of a domain',
    input: DOMAIN,
    wire: list([
      'domain.fqdn: shop.example',
      'domain.admin-c: CEXA-1',
      'domain.nservers.nserver.no: 1',
      'domain.nservers.nserver.handle: a.ns.example',
      'domain.nservers.nserver.no: 2',
      'domain.nservers.nserver.handle: b.ns.example',
      'domain.created.date: 20200131120000',
      'domain.expires: 2030-13-45',
      'domain: shop',
    ]),
    reply: {
      domain: {
        fqdn: 'shop.example',
        adminC: 'CEXA-1',
        nservers: { nserver: { no: ['1', '2'], handle: ['a.ns.example', 'b.ns.example'] } },
        created: { date: '2020-01-31T12:00:00' },
        expires: '2030-13-45',
        domain: 'shop',
      },
    },
  },
  {
    action: 'query-whois',
    what: 'where a key has a value and levels below',
    input: { contact: 'CEXA-1' },
    wire: list(['contact: CEXA-1', 'contact.name: Erika: M.', 'contact.created.date: 2020-01-31']),
    reply: {
      contact: 'CEXA-1',
      contactName: 'Erika: M.',
      contactCreatedDate: '2020-01-31',
    },
  },
]);

testRefusals([
  ['query-domain-list', { from: '0' }, 'from'],
  ['query-domain-list', { showStatus: 'true' }, 'showStatus'],
  ['query-domain-list', { showGrants: '1' }, 'showGrants'],
  ['query-domain-list', { pattern: '' }, 'pattern'],
  ['domain-check', {}, 'domain'],
  ['domain-check', { ...DOMAIN, periodMonths: '1' }, 'periodMonths'],
  ['domain-check', { ...DOMAIN, periodMonths: '18' }, 'periodMonths'],
  ['domain-check', { ...DOMAIN, periodMonths: '132' }, 'periodMonths'],
  ['domain-check', { ...DOMAIN, checkPrice: 'promo' }, 'checkPrice'],
  ['domain-get-property', DOMAIN, 'property'],
  ['domain-transfer-list', { domain: '*' }, 'domain'],
  ['query-whois', {}, 'domain'],
  ['query-whois', { ...DOMAIN, contact: 'CEXA-1' }, 'domain'],
  ['query-whois', { contact: 'CEXA-1', host: 'a.example' }, 'domain'],
]);
