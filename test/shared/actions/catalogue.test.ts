import { list, testRefusals, testReplies, testRequests } from './table.ts';

testRequests([
  { action: 'query-price-list', input: {}, sends: {} },
  { action: 'query-request-list', input: {}, sends: {} },
  { action: 'query-tld-list', input: {}, sends: {} },
  { action: 'inquire-tld', input: { tld: 'ЕЮ' }, sends: { tld: 'xn--e1a4c' }, wire: list([]) },
]);

const COLUMNS_OF_YEARS =
  'type,operation,tld,tld-currency,currency,price-1y,price-2y,price-3y,price-4y,price-5y,price-6y,price-7y,price-8y,price-9y,price-10y,valid_from,valid_until';
const ROW_OF_YEARS =
  'domain create com USD EUR 9.90 19.80 n/a n/a n/a n/a n/a n/a n/a 99 2026-01-01 -'
    .split(' ')
    .join('\t');
const PRICE_OF_YEARS = {
  type: 'domain',
  operation: 'create',
  tld: 'com',
  tldCurrency: 'USD',
  currency: 'EUR',
  prices: { '1': '9.90', '2': '19.80', '10': '99' },
  validFrom: '2026-01-01',
  validUntil: null,
};

const COLUMNS_OF_ONE =
  'type,operation,tld,currency,vat,price,standard_price,retail_price,min_period,max_period,period_type,valid_from,valid_to';
const rowOfOne = (minPeriod: string, periodType: string, price = '9.90') =>
  `domain\trenew\tde\tEUR\t0.19\t${price}\t10\t12\t${minPeriod}\t10\t${periodType}\t20260101000000\t2026-12-31`;
const priceOfOne = (prices: object, more: object = {}) => ({
  type: 'domain',
  operation: 'renew',
  tld: 'de',
  currency: 'EUR',
  vat: '0.19',
  standardPrice: '10',
  retailPrice: '12',
  minPeriod: '1',
  maxPeriod: '10',
  periodType: 'y',
  validFrom: '2026-01-01T00:00:00',
  validUntil: '2026-12-31',
  prices,
  ...more,
});

testReplies([
  {
    action: 'query-price-list',
    what: 'with a column for each number of years',
    wire: list([ROW_OF_YEARS], `Columns: ${COLUMNS_OF_YEARS}`, 'Separator: TAB'),
    reply: { prices: [PRICE_OF_YEARS] },
  },
  {
    action: 'query-price-list',
    what: 'the same without columns, as a code of success that is not 0',
    wire: list([ROW_OF_YEARS], 'Separator: TAB').replace('Status-Code: 0', 'Status-Code: 1000'),
    reply: { prices: [PRICE_OF_YEARS] },
  },
  {
    action: 'query-price-list',
    what: 'with one price a row, and a period',
    wire: list(
      [
        rowOfOne('1', 'y'),
        rowOfOne('24', 'month'),
        rowOfOne('1', 'month'),
        rowOfOne('0', 'y'),
        rowOfOne('-', 'y'),
        rowOfOne('1', 'y', 'n/a'),
      ],
      `Columns: ${COLUMNS_OF_ONE}`,
      'Separator: TAB',
    ),
    reply: {
      prices: [
        priceOfOne({ '1': '9.90' }),
        priceOfOne({ '2': '9.90' }, { minPeriod: '24', periodType: 'month' }),
        priceOfOne({}, { price: '9.90', periodType: 'month' }),
        priceOfOne({}, { price: '9.90', minPeriod: '0' }),
        priceOfOne({ '1': '9.90' }, { minPeriod: '-' }),
        priceOfOne({}),
      ],
    },
  },
  {
    action: 'query-price-list',
    what: 'of the newer endpoint',
    wire: list(
      ['domain\tcreate\tcom\tEUR\t9.90'],
      'Columns: type,operation,tld,currency,price-1y',
      'Separator: TAB',
    ),
    reply: {
      prices: [
        {
          type: 'domain',
          operation: 'create',
          tld: 'com',
          currency: 'EUR',
          prices: { '1': '9.90' },
          validFrom: null,
          validUntil: null,
        },
      ],
    },
  },
  { action: 'query-price-list', what: 'of nothing', wire: list([]), reply: { prices: [] } },
  {
    action: 'query-request-list',
    what: 'a line each',
    wire: list(['login', 'logout', '']),
    reply: { requests: [{ request: 'login' }, { request: 'logout' }] },
  },
  {
    action: 'query-tld-list',
    what: 'a line each, the columns named',
    wire: list(['com', 'xn--e1a4c'], 'Columns: tld'),
    reply: { tlds: [{ tld: 'com' }, { tld: 'xn--e1a4c' }] },
  },
  { action: 'query-tld-list', what: 'of nothing', wire: list([]), reply: { tlds: [] } },
  {
    action: 'inquire-tld',
    what: 'by its keys',
    input: { tld: 'com' },
    wire: list(['dnssec: dsdata', 'min-period: 12', 'transfer.auth-id: yes', 'ns: a', 'ns: b']),
    reply: {
      dnssec: 'dsdata',
      minPeriod: '12',
      transfer: { authId: 'yes' },
      ns: ['a', 'b'],
    },
  },
]);

testRefusals([
  ['query-price-list', { tld: 'com' }, 'tld'],
  ['query-request-list', { pattern: '*' }, 'pattern'],
  ['query-tld-list', { tld: 'com' }, 'tld'],
  ['inquire-tld', {}, 'tld'],
  ['inquire-tld', { tld: '.com' }, 'tld'],
  ['inquire-tld', { tld: 'c*m' }, 'tld'],
]);
