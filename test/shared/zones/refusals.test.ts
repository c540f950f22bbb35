import { expect, test } from '@jest/globals';
import { captureLog } from '../../captured-log.ts';
import type { Loose } from '../../functions/bad-request.ts';
import { toText } from './any-zone.ts';
import { startZoneRig, type ZoneRig } from './zoning.ts';

captureLog();

const DOMAIN = 'example.net';
const LINES = [
  '$dnssec=no',
  '$dyndns=no::',
  'www A 0 192.0.2.1 600',
  'docs CNAME 0 docs.example.com. 600',
  'odd SVC 0 something 600',
  'alias CNAME 0 a.example. 60 17 18',
  'two A 0 192.0.2.1 60',
  'two A 0 192.0.2.2 300',
];

async function start(lines: readonly string[] = LINES): Promise<ZoneRig> {
  const rig = await startZoneRig();
  rig.registrar.editZone(DOMAIN, () => toText(lines));
  return rig;
}

const patch = (rig: ZoneRig, input: Loose) =>
  rig.call('dns-zone-patch', { domain: DOMAIN, ...input });
const put = (rig: ZoneRig, input: Loose) =>
  rig.call(
    'dns-zone-put',
    { domain: DOMAIN, rrsets: [], forwards: [], ...input },
    { 'If-Match': '*' },
  );

function writesOf({ registrar }: ZoneRig): number {
  return registrar.requests.filter(({ name }) => name === 'dns-zone-put').length;
}

/** The records that cannot be new, by type, with the field that is at fault beside the record itself. */
const RECORDS: readonly (readonly [type: string, record: string])[] = [
  ['TXT', 'back\\slash'],
  ['TXT', '\\'],
  ['TXT', 'an unpaired " quote'],
  ['TXT', '"'],
  ['TXT', 'a "b" "c'],
  ['TXT', 'blank at its end '],
  ['TXT', ' '],
  ['TXT', 'no-break space at its end\u00a0'],
  ['SRV', '1 2 0 h.example.'],
  ['SRV', '1 2 65536 h.example.'],
  ['SRV', '1 2 389'],
  ['SRV', '1 2 389 .'],
  ['SRV', '1 2 389 h.example'],
  ['SRV', '1 65536 389 h.example.'],
  ['SRV', '1 2 389 h.example. x'],
  ['SRV', '-1 2 389 h.example.'],
  ['CAA', '0 issue ""'],
  ['CAA', '0 issue'],
  ['CAA', '0 issue '],
  ['CAA', '256 issue "a"'],
  ['CAA', '0 is-sue "a"'],
  ['CAA', '0 issue "a"b"'],
  ['CAA', '0 issue "a\\b"'],
  ['CAA', '0 issue "ä"'],
  ['CAA', '0 issue "a" "b"'],
  ['CAA', 'issue "a"'],
  ['NAPTR', '1 2 "" "" "" .'],
  ['NAPTR', '1 2 "" "" "" r.example.'],
  ['NAPTR', '1 2 "S" "SIP" "" .'],
  ['NAPTR', '1 2 "S" "SIP" "" '],
  ['NAPTR', '1 2 "S" "SIP" "" r.example'],
  ['NAPTR', '1 2 S SIP "" r.example.'],
  ['NAPTR', '1 65536 "S" "SIP" "" r.example.'],
  ['NAPTR', '1 2 "S" "SIP" "\\" r.example.'],
  ['A', ''],
  ['A', '192.0.2.256'],
  ['A', '192.0.2.01'],
  ['A', '192.0.2.1 '],
  ['A', '2001:db8::1'],
  ['A', 'h.example.'],
  ['AAAA', '192.0.2.1'],
  ['AAAA', 'fe80::1%eth0'],
  ['AAAA', '[::1]'],
  ['DYNA', '::1'],
  ['DYNAAAA', '192.0.2.1'],
  ['CNAME', 'h.example'],
  ['CNAME', 'h'],
  ['CNAME', '@'],
  ['CNAME', '.'],
  ['CNAME', ''],
  ['CNAME', '192.0.2.1.'],
  ['CNAME', '-h.example.'],
  ['CNAME', 'h..example.'],
  ['CNAME', 'h example.'],
  ['CNAME', '*.example.'],
  ['CNAME', `${'x'.repeat(64)}.example.`],
  ['CNAME', `${'x.'.repeat(126)}xx.`],
  ['CNAME', 'xn--a.example.'],
  ['NS', 'ns.example'],
  ['MX', 'mail.example.'],
  ['MX', '10 mail.example'],
  ['MX', '65536 mail.example.'],
  ['MX', '010 mail.example.'],
  ['MX', '10 mail.example. x'],
  ['MX', '10'],
];

const ODD = [
  '\0',
  '\t',
  '\n',
  '\r',
  '\x1b',
  '\x7f',
  '\x85',
  '\u2028',
  '\u2029',
  '\ud800',
  '\udc00',
];
const TEXTS: readonly (readonly [type: string, text: string])[] = [
  ['TXT', 'a$b'],
  ['TXT', '$a'],
  ['TXT', 'a$'],
  ['A', '192.0.2.1$'],
  ['AAAA', '::1$'],
  ['CNAME', 'h$.example.'],
  ['MX', '10$mail.example.'],
  ['SRV', '1 2 3 h.example.$'],
  ['CAA', '0 issue "a$b"'],
  ['NAPTR', '1 2 "S" "$SIP" "" r.example.'],
];
const ODD_RECORDS = TEXTS.flatMap(([type, text]) =>
  ODD.map((odd) => [type, text.replace('$', () => odd)] as const),
);

test('what the registrar cannot store, or would change, is refused and named', async () => {
  const rig = await start();
  const passed: unknown[] = [];
  for (const [type, record] of [...RECORDS, ...ODD_RECORDS]) {
    const good = { name: 'new', type: 'A', record: '192.0.2.1' };
    const rrset = { name: 'new', type, records: ['192.0.2.1', record].slice(type === 'A' ? 0 : 1) };
    const answers = [
      await patch(rig, { add: [good, { name: 'bad', type, record }] }),
      await patch(rig, { set: [rrset] }),
      await put(rig, { rrsets: [{ name: 'other', type: 'A', records: ['192.0.2.1'] }, rrset] }),
    ];
    const at = `records[${rrset.records.length - 1}]`;
    const wanted = ['add[1].record', `set[0].${at}`, `rrsets[1].${at}`];
    const found = answers.map(({ problem, status, json }) => `${problem} ${status} ${json.field}`);
    const right = wanted.map((field) => `invalid-input 400 ${field}`);
    if (found.join() !== right.join()) passed.push([type, record, found]);
  }
  expect(passed).toEqual([]);
  expect(writesOf(rig)).toBe(0);
});

/** What is refused of patches and puts, with the field that is named. */
const A = { name: 'new', type: 'A' };
const one = '192.0.2.1';
const PATCHES: readonly (readonly [input: Loose, field: string])[] = [
  [{ add: [{ ...A, ttl: 59, record: one }] }, 'add[0].ttl'],
  [{ add: [{ ...A, ttl: 0, record: one }] }, 'add[0].ttl'],
  [{ add: [{ ...A, ttl: -1, record: one }] }, 'add[0].ttl'],
  [{ add: [{ ...A, ttl: 2 ** 31, record: one }] }, 'add[0].ttl'],
  [{ add: [{ ...A, ttl: 60.5, record: one }] }, 'add[0].ttl'],
  [{ add: [{ ...A, ttl: '60', record: one }] }, 'add[0].ttl'],
  [{ add: [{ ...A, ttl: null, record: one }] }, 'add[0].ttl'],
  [{ set: [{ ...A, ttl: 59, records: [one] }] }, 'set[0].ttl'],
  [
    { add: [{ name: 'n', type: 'NAPTR', ttl: -1, record: '1 2 "S" "S" "" r.example.' }] },
    'add[0].ttl',
  ],
  // Beside a CNAME.
  [{ add: [{ name: 'docs', type: 'A', record: one }] }, 'add[0].record'],
  [{ add: [{ name: 'DOCS', type: 'CNAME', record: 'b.example.' }] }, 'add[0].record'],
  [{ add: [{ name: 'www', type: 'CNAME', record: 'b.example.' }] }, 'add[0].record'],
  [{ add: [{ name: 'odd', type: 'CNAME', record: 'b.example.' }] }, 'add[0].record'],
  [{ add: [{ name: 'alias', type: 'TXT', record: 'v' }] }, 'add[0].record'],
  [{ set: [{ name: 'www', type: 'CNAME', records: ['b.example.'] }] }, 'set[0].records[0]'],
  [
    {
      set: [
        { name: 'docs', type: 'CNAME', ttl: 600, records: ['docs.example.com.', 'b.example.'] },
      ],
    },
    'set[0].records[1]',
  ],
  [
    {
      add: [
        { name: 'new', type: 'CNAME', record: 'b.example.' },
        { name: 'new', type: 'TXT', record: 'v' },
      ],
    },
    'add[0].record',
  ],
  // Two ttls.
  [{ add: [{ name: 'www', type: 'A', ttl: 60, record: '192.0.2.2' }] }, 'add[0].ttl'],
  [{ add: [{ name: 'www', type: 'A', ttl: 60, record: one }] }, 'add[0].ttl'],
  [{ add: [{ name: 'two', type: 'A', ttl: 90, record: '192.0.2.3' }] }, 'add[0].ttl'],
  [
    {
      add: [
        { ...A, ttl: 60, record: one },
        { ...A, ttl: 90, record: '192.0.2.2' },
      ],
    },
    'add[1].ttl',
  ],
  // Types.
  [{ add: [{ name: 'new', type: 'SVC', record: 'x' }] }, 'add[0].type'],
  [{ add: [{ name: 'new', type: 'URL', record: 'https://a.example' }] }, 'add[0].type'],
  [{ add: [{ name: 'new', type: 'toString', record: 'x' }] }, 'add[0].type'],
  [{ add: [{ name: 'new', type: '', record: 'x' }] }, 'add[0].type'],
  [{ set: [{ name: 'odd', type: 'SVC', records: [] }] }, 'set[0].type'],
  [{ remove: [{ name: 'odd', type: 'SVC' }] }, 'remove[0].type'],
  // Names.
  [{ add: [{ name: 'www.example.net.', type: 'A', record: one }] }, 'add[0].name'],
  [{ set: [{ name: 'a b', type: 'A', records: [one] }] }, 'set[0].name'],
  [{ remove: [{ name: '', type: 'A' }] }, 'remove[0].name'],
  ...ODD.map((odd) => [{ add: [{ ...A, name: `a${odd}b`, record: one }] }, 'add[0].name'] as const),
  // Twice the same.
  [
    {
      set: [
        { ...A, records: [one] },
        { ...A, records: [] },
      ],
    },
    'set[1].name',
  ],
  // Shapes.
  [{}, 'set'],
  [{ add: {} }, 'add'],
  [{ add: 'x' }, 'add'],
  [{ add: null }, 'add'],
  [{ add: [null] }, 'add[0]'],
  [{ add: [[]] }, 'add[0]'],
  [{ add: [{ ...A }] }, 'add[0].record'],
  [{ add: [{ ...A, record: 1 }] }, 'add[0].record'],
  [{ add: [{ ...A, records: [one] }] }, 'add[0].records'],
  [{ add: [{ name: 1, type: 'A', record: one }] }, 'add[0].name'],
  [{ add: [{ ...A, type: ['A'], record: one }] }, 'add[0].type'],
  [{ set: [{ ...A }] }, 'set[0].records'],
  [{ set: [{ ...A, records: one }] }, 'set[0].records'],
  [{ set: [{ ...A, records: [one, 1] }] }, 'set[0].records[1]'],
  [{ set: [{ ...A, record: one, records: [one] }] }, 'set[0].record'],
  [{ remove: [{ ...A, ttl: 60 }] }, 'remove[0].ttl'],
  [{ remove: [{ ...A, record: null }] }, 'remove[0].record'],
  [{ add: [{ ...A, record: one }], force: 'true' }, 'force'],
  [{ add: [{ ...A, record: one }], dryRun: 1 }, 'dryRun'],
  [{ add: [{ ...A, record: one }], other: [] }, 'other'],
  [{ add: [{ ...A, record: one }], domain: 'none' }, 'domain'],
];

const URL_AT = { name: 'new', type: 'URL', target: 'https://a.example' };
const PUTS: readonly (readonly [input: Loose, field: string])[] = [
  [{ rrsets: [{ ...A, ttl: 59, records: [one] }] }, 'rrsets[0].ttl'],
  [
    {
      rrsets: [
        { ...A, ttl: 60, records: [one] },
        { ...A, ttl: 90, records: ['192.0.2.2'] },
      ],
    },
    'rrsets[1].ttl',
  ],
  [
    {
      rrsets: [
        { name: 'www', type: 'A', ttl: 600, records: [one] },
        { name: 'www', type: 'A', ttl: 90, records: [one] },
      ],
    },
    'rrsets[1].ttl',
  ],
  [
    {
      rrsets: [
        { ...A, records: [one] },
        { name: 'new', type: 'CNAME', records: ['b.example.'] },
      ],
    },
    'rrsets[0].records[0]',
  ],
  [{ rrsets: [{ name: 'alias', type: 'A', records: [one] }] }, 'rrsets[0].records[0]'],
  [{ rrsets: [{ name: 'new', type: 'SVC', records: ['x'] }] }, 'rrsets[0].type'],
  [{ rrsets: [{ name: 'new', type: 'MAILFW', records: ['a@b.example'] }] }, 'rrsets[0].type'],
  [{ forwards: [{ ...URL_AT, target: 'a.example' }] }, 'forwards[0].target'],
  [{ forwards: [{ ...URL_AT, ttl: 59 }] }, 'forwards[0].ttl'],
  [{ forwards: [{ ...URL_AT, type: 'A' }] }, 'forwards[0].type'],
  [{ forwards: [{ ...URL_AT, name: 'a.' }] }, 'forwards[0].name'],
  [{ forwards: [URL_AT, { ...URL_AT, name: 'alias' }] }, 'forwards[1].target'],
  [{ forwards: [{ ...URL_AT, type: 'FRAME', body: '\\' }] }, 'forwards[0].body'],
  ...ODD.filter((odd) => odd !== '\n').flatMap((odd) =>
    ['httpHeaders', 'head', 'title', 'body'].map(
      (name) =>
        [
          { forwards: [{ ...URL_AT, type: 'FRAME', [name]: `a${odd}b` }] },
          `forwards[0].${name}`,
        ] as const,
    ),
  ),
  ...ODD.flatMap((odd) => [
    [
      { forwards: [{ ...URL_AT, target: `https://a.example/${odd}` }] },
      'forwards[0].target',
    ] as const,
    [
      { forwards: [{ ...URL_AT, type: 'MAILFW', target: `a${odd}@b.example` }] },
      'forwards[0].target',
    ] as const,
    [{ dynDns: { enabled: true, username: `a${odd}`, password: 'p' } }, 'dynDns.username'] as const,
    [{ dynDns: { enabled: true, username: 'a', password: `p${odd}` } }, 'dynDns.password'] as const,
  ]),
  [{ dynDns: { enabled: true, username: 'a' } }, 'dynDns.password'],
  [{ dynDns: { enabled: true, username: null, password: 'p' } }, 'dynDns.username'],
  [{ dynDns: { enabled: 'yes', username: 'a' } }, 'dynDns.enabled'],
  [{ dynDns: { enabled: true, username: 'a', password: null } }, 'dynDns.password'],
  [{ dynDns: { enabled: true, user: 'a' } }, 'dynDns.user'],
  [{ dynDns: null }, 'dynDns'],
  [{ other: ['odd SVC 0 something 601'] }, 'other[0]'],
  [{ other: ['www A 0 192.0.2.1 600'] }, 'other[0]'],
  [{ other: [1] }, 'other[0]'],
  [{ other: 'x' }, 'other'],
  [{ rrsets: undefined }, 'rrsets'],
  [{ forwards: undefined }, 'forwards'],
  [{ forwards: [{ ...URL_AT, target: undefined }] }, 'forwards[0].target'],
  [{ forwards: [{ ...URL_AT, records: [] }] }, 'forwards[0].records'],
  [{ forwards: [{ ...URL_AT, spamFilter: 'yes' }] }, 'forwards[0].spamFilter'],
  [{ set: [] }, 'set'],
];

test('a change that is not valid is refused as a whole, naming what is wrong', async () => {
  const rig = await start();
  const found: unknown[] = [];
  const right: unknown[] = [];
  for (const [call, cases] of [
    [patch, PATCHES],
    [put, PUTS],
  ] as const) {
    for (const [input, field] of cases) {
      const { status, problem, json } = await call(rig, input);
      found.push([input, status, problem, json.field]);
      right.push([input, 400, 'invalid-input', field]);
    }
  }
  expect(found).toEqual(right);
  expect(writesOf(rig)).toBe(0);
});

test('a name that needs no ttl of a minute has none', async () => {
  const rig = await start(['$dnssec=no']);
  const record = '1 2 "S" "SIP+D2U" "" r.example.';
  const answer = await patch(rig, { add: [{ name: 'n', type: 'NAPTR', ttl: 0, record }] });
  expect(answer).toMatchObject({ status: 200, json: { changed: true, verified: true } });
});

test('a mailbox stands beside a CNAME of its name', async () => {
  const rig = await start([
    '$dnssec=no',
    'info MAILFW 0 x@example.com 60 0 0 1',
    'a A 0 192.0.2.1 60',
  ]);
  const add = [{ name: 'info', type: 'CNAME', record: 'a.example.' }];
  expect(await patch(rig, { add })).toMatchObject({ status: 200, json: { verified: true } });
});

test('what is odd and there already is accepted back', async () => {
  const lines = [
    ...['$dnssec=no', '$dyndns=no::', 'x TXT 0 "back\\slash " 60', 'x TXT 0 "un"paired" 0'],
    ...[
      's SRV 1/2 h:0 60',
      'c CAA 0 issue "" 60',
      '-n- NAPTR 1/2 . 5 0 0 "" "" ""',
      'both A 0 192.0.2.1 1',
    ],
    ...[
      'both CNAME 0 h 9',
      'both A 0 192.0.2.1 60',
      'f FRAME 0 ftp://x 1 0 0 "\\" "" "" ""',
      'odd one',
    ],
  ];
  const rig = await start(lines);
  const got = await rig.call('dns-zone-get', { domain: DOMAIN });
  const { rrsets, forwards, dynDns, other } = got.json;
  for (const body of [
    { rrsets, forwards },
    { rrsets, forwards, dynDns, other },
  ]) {
    const answer = await rig.call(
      'dns-zone-put',
      { domain: DOMAIN, ...body },
      { 'If-Match': got.etag },
    );
    expect(answer).toMatchObject({
      status: 200,
      etag: got.etag,
      json: { changed: false, verified: true },
    });
  }
  // The simulated registrar is not so lenient.
  const answer = await patch(rig, { remove: [{ name: 'x', type: 'TXT', record: 'un"paired' }] });
  expect(answer).toMatchObject({
    status: 422,
    json: {
      detail: 'The registrar refused s SRV, which the zone has had before. Nothing was changed.',
    },
  });
  expect(answer.json).not.toHaveProperty('field');
  const sent = rig.registrar.requests.findLast(({ name }) => name === 'dns-zone-put');
  expect(sent?.params.get('zone')?.split('\n')).toEqual(lines.toSpliced(3, 1));
});
