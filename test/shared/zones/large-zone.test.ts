import { expect, test } from '@jest/globals';
import { captureLog } from '../../captured-log.ts';
import { cpuMs } from '../../time.ts';
import { DOMAIN, put, startZone, writesOf } from './zone-calls.ts';
import type { Answered } from './zoning.ts';

captureLog();

const COUNT = 10_000;
/** As long as a DKIM key of 2048 bits with what stands around it. */
const text = (i: number) => `v=DKIM1; k=rsa; p=${String(i).padStart(392, 'A')}`;
const LINES = Array.from({ length: COUNT }, (_, i) => `k${i}._domainkey TXT 0 "${text(i)}" 3600`);

/** Of the processor's time, registrar and table included: half of what a call may take. */
const SHORT_MS = 12_000;

async function inTime(call: Promise<Answered>): Promise<Answered> {
  let answer: Answered | undefined;
  expect(await cpuMs(async () => (answer = await call))).toBeLessThan(SHORT_MS);
  return answer as Answered;
}

test('a zone of ten thousand long records is got, changed, replaced and restored', async () => {
  const rig = await startZone(['$dnssec=no', '$dyndns=no::', ...LINES]);
  const got = await inTime(rig.call('dns-zone-get', { domain: DOMAIN }));
  expect(got.status).toBe(200);
  const { rrsets, forwards, other } = got.json;
  expect([rrsets.length, other]).toEqual([COUNT, []]);

  const add = [{ name: 'new', type: 'TXT', record: 'v' }];
  const patched = await inTime(rig.call('dns-zone-patch', { domain: DOMAIN, add }));
  expect(patched).toMatchObject({
    ...{ status: 200, json: { changed: true, verified: true, diff: { added: { length: 1 } } } },
  });

  const same = await inTime(put(rig, { 'If-Match': patched.etag }, { rrsets, forwards }));
  expect(same).toMatchObject({
    ...{ status: 200, etag: got.etag, json: { changed: true, diff: { removed: { length: 1 } } } },
  });

  // Both the old and the new records: more than Lambda passes on.
  const other2 = rrsets.map((rrset: { records: string[] }) => ({
    ...rrset,
    records: rrset.records.map((record) => record.replace('DKIM1', 'DKIM2')),
  }));
  const body = { rrsets: other2, force: true };
  const replaced = await inTime(put(rig, { 'If-Match': same.etag }, body));
  expect(replaced).toMatchObject({
    ...{ status: 200, json: { changed: true, verified: true, diff: null } },
  });
  expect(rig.registrar.zone(DOMAIN)).toContain('v=DKIM2');

  const { versions } = (await inTime(rig.call('dns-zone-versions', { domain: DOMAIN }))).json;
  expect(versions).toHaveLength(3);
  const restore = { domain: DOMAIN, version: versions[0].version, force: true };
  const headers = { 'If-Match': replaced.etag };
  const restored = await inTime(rig.call('dns-zone-restore', restore, headers));
  expect(restored).toMatchObject({
    ...{ status: 200, etag: got.etag, json: { changed: true, verified: true, diff: null } },
  });
  expect(rig.registrar.zone(DOMAIN).split('\n').slice(2, -1)).toEqual(LINES);
  expect(writesOf(rig)).toBe(4);
});

test('a single RRset of ten thousand records is added to, emptied and set in time', async () => {
  const rig = await startZone(['$dnssec=no', '$dyndns=no::', 'a A 0 192.0.2.1 60']);
  const patch = (input: object) => inTime(rig.call('dns-zone-patch', { domain: DOMAIN, ...input }));
  const addresses = Array.from({ length: COUNT }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
  const big = { name: 'big', type: 'A' };
  const add = addresses.map((record) => ({ ...big, record }));
  expect(await patch({ add })).toMatchObject({ status: 200, json: { verified: true } });
  const set = [{ ...big, records: addresses.toReversed() }];
  expect(await patch({ set, add })).toMatchObject({ status: 200, json: { changed: false } });
  expect(await patch({ remove: add, force: true })).toMatchObject({
    ...{ status: 200, json: { verified: true, diff: { removed: { length: COUNT } } } },
  });
});
