import { describe, expect, test } from '@jest/globals';
import { captureLog } from '../../captured-log.ts';
import { A, add, DOMAIN, etagOf, LINES, put, RRSETS, startZone, writesOf } from './zone-calls.ts';
import type { ZoneRig } from './zoning.ts';

const log = captureLog();

describe('a dry run', () => {
  test('tells what would change, sends nothing and keeps no version', async () => {
    const rig = await startZone();
    const etag = await etagOf(rig);
    const diff = { added: [{ ...A, ttl: 3600 }], removed: [] };
    expect(await add(rig, {}, { dryRun: true })).toMatchObject({
      ...{ status: 200, etag, json: { changed: true, verified: false, diff } },
    });
    const removed = [{ name: 'b', type: 'A', ttl: 60, record: '192.0.2.1' }];
    expect(await put(rig, { 'If-Match': etag }, { dryRun: true })).toMatchObject({
      ...{ status: 200, etag, json: { changed: true, diff: { added: [], removed } } },
    });
    expect(
      await put(rig, { 'If-Match': '*' }, { dryRun: true, rrsets: [{ ...A, records: [] }] }),
    ).toMatchObject({
      ...{ status: 400, json: { field: 'rrsets[0].record' } },
    });
    expect(writesOf(rig)).toBe(0);
    const versions = await rig.call('dns-zone-versions', { domain: DOMAIN });
    expect(versions.json).toEqual({ versions: [] });
  });

  test('of what changes nothing says so', async () => {
    const rig = await startZone();
    const there = { name: 'A', type: 'a', record: '192.0.2.1' };
    const answer = await add(rig, {}, { add: [there], dryRun: true });
    expect(answer.json).toMatchObject({ changed: false, diff: { added: [], removed: [] } });
  });
});

describe('a write', () => {
  test('tells what has changed, and the tag by which the zone is known then', async () => {
    const rig = await startZone();
    const answer = await add(rig, { 'If-Match': await etagOf(rig) });
    expect(answer).toMatchObject({ status: 200, json: { changed: true, verified: true } });
    expect(answer.etag).toBe(await etagOf(rig));
    expect(await add(rig)).toMatchObject({
      ...{ status: 200, etag: answer.etag },
      json: { changed: false, verified: true, diff: { added: [], removed: [] } },
    });
    expect(writesOf(rig)).toBe(1);
  });

  test('of another DynDNS password is a change, and tells it to nobody', async () => {
    const rig = await startZone();
    const etag = await etagOf(rig);
    const dynDns = { enabled: true, username: 'user', password: 'another-canary' };
    const rrsets = [...RRSETS, { name: 'b', type: 'A', ttl: 60, records: ['192.0.2.1'] }];
    const answer = await put(rig, { 'If-Match': etag }, { rrsets, dynDns });
    const told = { dynDns: { enabled: true, username: 'user' } };
    expect(answer).toMatchObject({
      ...{ status: 200, etag, json: { changed: true, diff: { added: [told], removed: [told] } } },
    });
    expect(rig.registrar.zone(DOMAIN)).toContain('$dyndns=yes:user:another-canary');
    expect(JSON.stringify(answer.json) + log.text()).not.toContain('canary');
  });

  test('has no zone, and says so', async () => {
    const rig = await startZone();
    const other = { domain: 'none.example', ...{ rrsets: [], forwards: [] } };
    const answers = [
      await rig.call('dns-zone-get', { domain: other.domain }),
      await rig.call('dns-zone-put', other, { 'If-Match': '*' }),
      await add(rig, {}, { domain: other.domain }),
    ];
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 404, problem: 'not-found' });
    const restore = { domain: DOMAIN, version: 1 };
    expect(await rig.call('dns-zone-restore', restore, { 'If-Match': '*' })).toMatchObject({
      ...{ status: 404, problem: 'not-found' },
    });
  });
});

describe('a zone that may have lost something on the way here', () => {
  const shown = async (rig: ZoneRig) => {
    expect(await rig.call('dns-zone-get', { domain: DOMAIN })).toMatchObject({ status: 200 });
    const unwritten = { status: 502, problem: 'unreadable-reply' };
    expect(await add(rig)).toMatchObject(unwritten);
    expect(await put(rig, { 'If-Match': '*' })).toMatchObject(unwritten);
    expect(await add(rig, {}, { dryRun: true })).toMatchObject({ status: 200 });
    expect(writesOf(rig)).toBe(0);
  };

  test('a byte of which is not UTF-8 is shown, and not written', async () => {
    const rig = await startZone([...LINES, 'x TXT 0 "ä" 60']);
    rig.registrar.faults.arm({ kind: 'latin1', request: 'dns-zone-get' });
    await shown(rig);
  });

  test('that is cut off is shown, and not written', async () => {
    const rig = await startZone();
    rig.registrar.faults.arm({
      kind: 'truncated',
      missingBytes: 1,
      fits: true,
      request: 'dns-zone-get',
    });
    await shown(rig);
  });

  test('is written where it holds U+FFFD of its own', async () => {
    const rig = await startZone([...LINES, 'x TXT 0 "\ufffd" 60']);
    expect(await add(rig)).toMatchObject({ status: 200, json: { verified: true } });
    expect(rig.registrar.zone(DOMAIN)).toContain('"\ufffd"');
  });
});
