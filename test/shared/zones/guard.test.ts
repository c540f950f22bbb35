import { describe, expect, test } from '@jest/globals';
import { captureLog } from '../../captured-log.ts';
import { A, add, DOMAIN, many, put, startZone, writesOf } from './zone-calls.ts';
import type { ZoneRig } from './zoning.ts';

captureLog();

describe('the guard', () => {
  const remove = (rig: ZoneRig, count: number, more: object = {}) =>
    rig.call('dns-zone-patch', {
      domain: DOMAIN,
      remove: Array.from({ length: count }, (_, i) => ({ name: `r${i}`, type: 'A' })),
      ...more,
    });

  test.each([
    [9, 8, 200],
    [10, 3, 200],
    [10, 4, 409],
    [12, 4, 200],
    [12, 5, 409],
  ])('of %d records lets %d go: %d', async (count, gone, status) => {
    const rig = await startZone(['$dnssec=no', '# no record', ...many(count)]);
    const answer = await remove(rig, gone);
    expect(answer.status).toBe(status);
    expect(writesOf(rig)).toBe(status === 200 ? 1 : 0);
    if (status === 200) return;
    expect(answer).toMatchObject({ problem: 'zone-guard' });
    expect(await remove(rig, gone, { dryRun: true })).toMatchObject({
      status: 200,
      json: { changed: true, diff: { added: [], removed: { length: gone } } },
    });
    expect(await remove(rig, gone, { force: true })).toMatchObject({ status: 200 });
  });

  test('counts forwards and lines that nobody understands', async () => {
    const others = ['go URL 0 https://a.example 60', 'odd 1', 'odd 2', 'odd 3'];
    const rig = await startZone(['$dnssec=no', ...many(6), ...others]);
    const { rrsets } = (await rig.call('dns-zone-get', { domain: DOMAIN })).json;
    const body = { rrsets, other: [] };
    expect(await put(rig, { 'If-Match': '*' }, body)).toMatchObject({ problem: 'zone-guard' });
    expect(await put(rig, { 'If-Match': '*' }, { rrsets })).toMatchObject({ status: 422 });
  });

  test('lets no name server of the zone go', async () => {
    const rig = await startZone([
      '$dnssec=no',
      '@ NS 0 a.example. 60',
      'sub NS 0 a.example. 60',
      'a A 0 192.0.2.1 60',
    ]);
    const patch = (input: object) => rig.call('dns-zone-patch', { domain: DOMAIN, ...input });
    const ns = { name: '@', type: 'NS' };
    expect(await patch({ remove: [ns] })).toMatchObject({ status: 409, problem: 'zone-guard' });
    const set = [{ ...ns, records: ['b.example.'] }];
    expect(await patch({ set })).toMatchObject({ status: 409, problem: 'zone-guard' });
    expect(writesOf(rig)).toBe(0);
    expect(await patch({ remove: [{ name: 'sub', type: 'NS' }] })).toMatchObject({ status: 200 });
    const slower = [{ ...ns, ttl: 600, records: ['A.example.'] }];
    expect(await patch({ set: slower })).toMatchObject({ status: 200 });
    expect(await patch({ set, force: true })).toMatchObject({ status: 200 });
    expect(rig.registrar.zone(DOMAIN)).toContain('@ NS 0 b.example. 600');
  });

  test('takes no other ttl for a removal', async () => {
    const rig = await startZone(['$dnssec=no', ...many(10)]);
    const { rrsets } = (await rig.call('dns-zone-get', { domain: DOMAIN })).json;
    const slower = rrsets.map((rrset: object) => ({ ...rrset, ttl: 600 }));
    expect(await put(rig, { 'If-Match': '*' }, { rrsets: slower })).toMatchObject({
      status: 200,
      json: {
        changed: true,
        verified: true,
        diff: { added: { length: 10 }, removed: { length: 10 } },
      },
    });
  });

  test('holds for what is restored', async () => {
    const rig = await startZone(['$dnssec=no', ...many(5)]);
    const more = Array.from({ length: 6 }, (_, i) => ({ ...A, name: `n${i}` }));
    expect(await add(rig, {}, { add: more })).toMatchObject({ status: 200 });
    const { versions } = (await rig.call('dns-zone-versions', { domain: DOMAIN })).json;
    const restore = (input: object) =>
      rig.call(
        'dns-zone-restore',
        { domain: DOMAIN, version: versions[0].version, ...input },
        { 'If-Match': '*' },
      );
    expect(await restore({})).toMatchObject({ status: 409, problem: 'zone-guard' });
    expect(await restore({ force: true })).toMatchObject({ status: 200, etag: versions[0].etag });
  });
});
