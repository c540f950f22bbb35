import { list, NONE, testRefusals, testReplies, testRequests } from './table.ts';

const HOST = { host: 'ns1.shop.example' };

testRequests([
  {
    action: 'ns-create',
    input: { host: 'NS1.bücher.example.', ipv4: '192.0.2.53' },
    sends: { host: 'ns1.xn--bcher-kva.example', ip: '192.0.2.53' },
  },
  {
    action: 'ns-create',
    input: { ...HOST, ipv4: '192.0.2.53', ipv6: '2001:DB8::53', clTrId: 'x' },
    sends: { ...HOST, ip: '192.0.2.53', ipv6: '2001:DB8::53', cltrid: 'x' },
  },
  {
    action: 'ns-modify',
    input: { ...HOST, ipv4: '192.0.2.54', ipv6: null },
    sends: { ...HOST, ip: '192.0.2.54', ipv6: '-' },
  },
  {
    action: 'ns-modify',
    input: { ...HOST, ipv4: null, ipv6: '::ffff:192.0.2.1' },
    sends: { ...HOST, ip: '-', ipv6: '::ffff:192.0.2.1' },
  },
  { action: 'ns-delete', input: HOST, sends: HOST },
  { action: 'query-ns-list', input: {}, sends: { full: '1' } },
  {
    action: 'query-ns-list',
    input: { pattern: 'ns?.*', full: 'true' },
    sends: { pattern: 'ns?.*', full: '1' },
  },
  { action: 'query-ns-list', input: { full: 'false' }, sends: {} },
  {
    action: 'dns-zone-get',
    input: { domain: 'Bücher.example.' },
    sends: { domain: 'xn--bcher-kva.example' },
  },
  { action: 'dns-zone-list', input: {}, sends: {} },
  { action: 'dns-zone-list', input: { pattern: '*.example' }, sends: { pattern: '*.example' } },
]);

const NAME_SERVERS = [
  { host: 'ns1.a.example', ipv4: '192.0.2.1', ipv6: null },
  { host: 'ns2.a.example', ipv4: null, ipv6: '2001:db8::1' },
];

testReplies([
  {
    action: 'query-ns-list',
    what: 'parted by TABs',
    wire: list(['ns1.a.example\t192.0.2.1\t-', 'ns2.a.example\t\t2001:db8::1'], 'Separator: TAB'),
    reply: { nameServers: NAME_SERVERS },
  },
  {
    action: 'query-ns-list',
    what: 'parted by blanks, with cells that are missing',
    wire: list(['ns1.a.example 192.0.2.1', 'ns2.a.example - 2001:db8::1']),
    reply: { nameServers: NAME_SERVERS },
  },
  {
    action: 'query-ns-list',
    what: 'by columns',
    wire: list(['- 192.0.2.1 ns1.a.example'], 'Columns: IPv6,IPv4,host', 'Separator: SPACE'),
    reply: { nameServers: NAME_SERVERS.slice(0, 1) },
  },
  {
    action: 'query-ns-list',
    what: 'of names alone',
    input: { full: 'false' },
    wire: list(['ns1.a.example', 'ns2.a.example']),
    reply: { nameServers: [{ host: 'ns1.a.example' }, { host: 'ns2.a.example' }] },
  },
  {
    action: 'query-ns-list',
    what: 'without a body',
    wire: 'Status-Code: 0',
    reply: { nameServers: [] },
  },
  { action: 'query-ns-list', what: 'of none', wire: NONE, reply: { nameServers: [] } },
  {
    action: 'dns-zone-list',
    what: 'with and without a day, and with what nobody has described',
    wire: list(['a.example 2030-01-31', 'b.example', 'c.example 2030-01-31 yes no', 'd.example -']),
    reply: {
      zones: [
        { domain: 'a.example', expirationDate: '2030-01-31' },
        { domain: 'b.example', expirationDate: null },
        { domain: 'c.example', expirationDate: '2030-01-31' },
        { domain: 'd.example', expirationDate: null },
      ],
    },
  },
  {
    action: 'dns-zone-list',
    what: 'by columns',
    wire: list(['20300131 a.example'], 'Columns: expiration_date,domain'),
    reply: { zones: [{ domain: 'a.example', expirationDate: '2030-01-31' }] },
  },
  { action: 'dns-zone-list', what: 'of none', wire: NONE, reply: { zones: [] } },
  {
    action: 'dns-zone-get',
    what: 'of a zone as new domains have it',
    input: { domain: 'a.example' },
    wire: list(['$dnssec=no', '$dyndns=no::', 'x TXT 0  "v " 60', '']),
    reply: {
      etag: '"1efb1109f731a70a5c6d017c6819c73e00c7c95de7c9f6f7ac93a599007672bb"',
      body: {
        domain: 'a.example',
        rrsets: [{ name: 'x', type: 'TXT', ttl: 60, records: ['v'] }],
        forwards: [],
        dynDns: { enabled: false, username: null },
        dnssec: false,
        other: [],
      },
    },
  },
  {
    action: 'dns-zone-versions',
    what: 'of a zone that nobody has written here',
    input: { domain: 'a.example' },
    wire: NONE,
    reply: { versions: [] },
  },
]);

testRefusals([
  ['ns-create', HOST, 'ipv4'],
  ['ns-create', { ...HOST, ipv6: '2001:db8::1' }, 'ipv4'],
  ['ns-create', { ...HOST, ipv4: null }, 'ipv4'],
  ['ns-create', { ...HOST, ipv4: '192.0.2.256' }, 'ipv4'],
  ['ns-create', { ...HOST, ipv4: '192.0.2.01' }, 'ipv4'],
  ['ns-create', { ...HOST, ipv4: '2001:db8::1' }, 'ipv4'],
  ['ns-create', { ...HOST, ipv4: '-' }, 'ipv4'],
  ['ns-create', { ...HOST, ip: '192.0.2.1' }, 'ip'],
  ['ns-create', { ...HOST, ipv4: '192.0.2.1', ipv6: 'fe80::1%eth0' }, 'ipv6'],
  ['ns-create', { ...HOST, ipv4: '192.0.2.1', ipv6: '[::1]' }, 'ipv6'],
  ['ns-create', { host: 'ns1', ipv4: '192.0.2.1' }, 'host'],
  ['ns-modify', { ...HOST, ipv4: '192.0.2.1' }, 'ipv6'],
  ['ns-modify', { ...HOST, ipv4: null, ipv6: null }, 'ipv4'],
  ['ns-modify', { ...HOST, ipv4: '-', ipv6: '::1' }, 'ipv4'],
  ['ns-delete', {}, 'host'],
  ['ns-delete', { host: '192.0.2.1' }, 'host'],
  ['query-ns-list', { full: '0' }, 'full'],
  ['dns-zone-list', { domain: 'a.example' }, 'domain'],
  ['dns-zone-get', {}, 'domain'],
  ['dns-zone-get', { domain: 'a' }, 'domain'],
  ['dns-zone-get', { domain: 'a.example', version: '1' }, 'version'],
  ['dns-zone-versions', { domain: '192.0.2.1' }, 'domain'],
  ['dns-zone-patch', { domain: 'a.example' }, 'set'],
  ['dns-zone-patch', { add: [] }, 'domain'],
  ['dns-zone-put', { domain: 'a.example', rrsets: [] }, 'forwards'],
  ['dns-zone-restore', { domain: 'a.example' }, 'version'],
  ['dns-zone-restore', { domain: 'a.example', version: 0 }, 'version'],
  ['dns-zone-restore', { domain: 'a.example', version: '1' }, 'version'],
]);
