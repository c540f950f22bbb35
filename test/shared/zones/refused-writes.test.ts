import { describe, expect, test } from '@jest/globals';
import { startZoneRig } from './zoning.ts';

const DOMAIN = 'example.net';

const adding = (name: string) => ({
  domain: DOMAIN,
  add: [{ name, type: 'A', record: '192.0.2.1' }],
});

test('a write that is refused leaves no version, and pushes none out', async () => {
  const rig = await startZoneRig();
  for (const name of ['one', 'two']) await rig.call('dns-zone-patch', adding(name));
  const { json: before } = await rig.call('dns-zone-versions', { domain: DOMAIN });
  rig.registrar.editZone(DOMAIN, (text) => `${text}weird SVC 0 x 60\n`);
  for (let i = 0; i < 3; i++) {
    const { status, json } = await rig.call('dns-zone-patch', adding(`refused-${i}`));
    expect([status, json.detail]).toEqual([422, expect.stringContaining('weird SVC')]);
  }
  expect((await rig.call('dns-zone-versions', { domain: DOMAIN })).json).toEqual(before);
  expect(before.versions).toHaveLength(2);
});

test.each([
  [{ kind: 'reset' }, 503],
  [{ kind: 'html' }, 502],
  [{ kind: 'lost', connection: 'destroyed' }, 503],
] as const)(
  'a write that is not answered (%j) says that the zone may have been written',
  async (fault, expected) => {
    const rig = await startZoneRig();
    rig.registrar.faults.arm({ ...fault, request: 'dns-zone-put', times: 1 });
    const { status, json, headers } = await rig.call('dns-zone-patch', adding('www'));
    expect([status, json.detail]).toEqual([
      expected,
      expect.stringMatching(/The zone may have been written: get it and look\./),
    ]);
    expect(headers['retry-after']).toBe(status === 503 ? '60' : undefined);
    const next = await rig.place({ budgetMs: 8000 }).call('dns-zone-patch', adding('www'));
    expect([next.status, next.json.detail]).toEqual([
      503,
      expect.stringMatching(/nothing was changed/),
    ]);
  },
);

test('a zone without records is not taken, and the reason is told', async () => {
  const rig = await startZoneRig();
  const put = { domain: DOMAIN, rrsets: [], forwards: [], force: true };
  const { status, json } = await rig.call('dns-zone-put', put, { 'If-Match': '*' });
  expect([status, json.detail, json.field]).toEqual([
    422,
    'The registrar takes no zone without records. Nothing was changed.',
    undefined,
  ]);
  expect((await rig.call('dns-zone-versions', { domain: DOMAIN })).json.versions).toEqual([]);
});

describe('what is written for a router', () => {
  test('must be an address, although the present one stays', async () => {
    const rig = await startZoneRig();
    const before = rig.registrar.zone('example.com');
    const set = (record: string) => ({
      domain: 'example.com',
      set: [{ name: 'home', type: 'DYNA', records: [record] }],
    });
    const refused = await rig.call('dns-zone-patch', set('garbage'));
    expect([refused.status, refused.json.field]).toEqual([400, 'set[0].records[0]']);
    expect((await rig.call('dns-zone-patch', set('203.0.113.9'))).json.changed).toBe(false);
    expect(rig.registrar.zone('example.com')).toBe(before);
  });
});

test('a name that ends in the zone is hardly meant', async () => {
  const rig = await startZoneRig();
  for (const name of ['www.example.net', 'EXAMPLE.net']) {
    const { status, json } = await rig.call('dns-zone-patch', adding(name));
    expect([status, json.field]).toEqual([400, 'add[0].name']);
  }
});

test('a zone that is another by now is told before a ttl that is none', async () => {
  const rig = await startZoneRig();
  const rrsets = [{ name: 'www', type: 'A', ttl: -1, records: ['192.0.2.1'] }];
  const put = { domain: DOMAIN, rrsets, forwards: [] };
  const stale = await rig.call('dns-zone-put', put, { 'If-Match': '"another"' });
  expect(stale.status).toBe(412);
  const any = await rig.call('dns-zone-put', put, { 'If-Match': '*' });
  expect([any.status, any.json.field]).toEqual([400, 'rrsets[0].ttl']);
});

test('a password in what only looks like the DynDNS setting is in no version', async () => {
  const rig = await startZoneRig();
  const odd = ['$DynDNS=yes:user:canary', '$dyndns =yes:user:canary', '#$dyndns=yes:user:canary'];
  rig.registrar.editZone(DOMAIN, (text) => `${odd.join('\n')}\n${text}`);
  const { zones } = rig.place();
  const patch = { add: [{ name: 'www', type: 'A', record: '192.0.2.1' }] };
  const deadline = { signal: AbortSignal.timeout(60_000), remainingMs: () => 60_000 };
  await zones.patch({ domain: DOMAIN, deadline }, patch);
  const parts = await rig.table.query(`part/${DOMAIN}/`);
  const { inflateRawSync } = await import('node:zlib');
  const texts = parts.map(({ part }) => inflateRawSync(part?.B ?? new Uint8Array()).toString());
  expect(texts).toHaveLength(1);
  expect(texts.join()).toMatch(/localhost A/);
  expect(texts.join()).not.toMatch(/canary/);
});
