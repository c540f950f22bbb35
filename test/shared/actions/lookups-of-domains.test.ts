import { list, testRefusals, testReplies, testRequests } from './table.ts';

const DOMAIN = { domain: 'shop.example' };
const AUTORENEW = { ...DOMAIN, property: 'autorenew' };
const SOLD = 'Status-Code: 0\n\nautorenew: 1\n';
const EMPTY = 'Status-Code: 0\n\n';

testRequests([
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

testReplies([
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
