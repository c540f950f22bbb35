import { randomBytes } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { Attributes, Table } from '../../../shared/aws/table.ts';
import { openVersions } from '../../../shared/zones/versions.ts';
import { etagOf, readZone, zoneText } from '../../../shared/zones/zone.ts';
import { captureLog } from '../../captured-log.ts';
import { toText } from './any-zone.ts';
import { START_MS, startPlaying } from './playing.ts';
import { startZoneRig } from './zoning.ts';

const log = captureLog();

const DOMAIN = 'example.net';
const DAY_MS = 86_400_000;
const SETTINGS = ['$dnssec=no', '$dyndns=yes:user:canary'];

/** Keeps versions on a clock of its own. */
async function startVersions() {
  const { table } = await startZoneRig();
  const clock = { nowMs: START_MS };
  const versions = openVersions(table, () => clock.nowMs);
  async function keep(number: number, lines: readonly string[] = SETTINGS) {
    const zone = readZone(toText(lines));
    await versions.keep(DOMAIN, { number, zone, etag: etagOf(zone) });
  }
  const numbers = async () => (await versions.list(DOMAIN)).map(({ version }) => version);
  return { table, clock, versions, keep, numbers };
}

test('the last twenty are kept and the first of each day, for ninety days, newest first', async () => {
  const { table, clock, versions, keep, numbers } = await startVersions();
  let number = 0;
  for (let day = 0; day < 95; day++) {
    clock.nowMs = START_MS + day * DAY_MS;
    for (let i = 0; i < 3; i++) {
      clock.nowMs += 60_000;
      await keep(++number);
    }
    await versions.prune(DOMAIN);
  }
  // One of each of 90 days, and of the last twenty those that are not the first of theirs.
  const all = Array.from({ length: number }, (_, i) => i + 1).reverse();
  const isOf = (version: number) => Math.floor((version - 1) / 3);
  const expected = all.filter(
    (version) => version > number - 20 || ((version - 1) % 3 === 0 && isOf(version) >= 5),
  );
  expect(await numbers()).toEqual(expected);
  // What is neither is deleted, with its parts; what is too old by the table.
  const left = (await table.query(`part/${DOMAIN}/`)).length;
  expect(left).toBe((await table.query(`version/${DOMAIN}/`)).length);
  expect(left).toBe(expected.length + 5);
  await expect(versions.read(DOMAIN, 1)).rejects.toMatchObject({ problem: 'not-found' });
  await expect(versions.read(DOMAIN, number - 40)).rejects.toMatchObject({ problem: 'not-found' });
  expect(zoneText(await versions.read(DOMAIN, number))).toContain('$dyndns=yes:user:');
  clock.nowMs += 90 * DAY_MS;
  expect(await numbers()).toEqual([]);
});

test('each item says when it may go', async () => {
  const { table, keep } = await startVersions();
  await keep(1);
  const items = [...(await table.query('part/')), ...(await table.query('version/'))];
  const expiresAt = String((START_MS + 90 * DAY_MS) / 1000);
  expect(items.map((item) => item.expiresAt?.N)).toEqual([expiresAt, expiresAt]);
});

describe('a zone of ten thousand DKIM keys', () => {
  const key = () => `v=DKIM1; k=rsa; p=${randomBytes(294).toString('base64')}`;
  const lines = [
    ...SETTINGS,
    ...Array.from({ length: 10_000 }, (_, i) => `s${i}._domainkey TXT 0 "${key()}" 3600`),
  ];

  test('is kept in parts of 300 KB, and comes back as it was', async () => {
    const { table, versions, keep } = await startVersions();
    await keep(1, lines);
    const parts = await table.query(`part/${DOMAIN}/`);
    const sizes = parts.map(({ part }) => part?.B?.length ?? 0);
    expect(sizes.length).toBeGreaterThan(5);
    expect(Math.max(...sizes)).toBe(300_000);
    const text = zoneText(await versions.read(DOMAIN, 1));
    expect(text).toBe(toText(lines).trimEnd().replace(':canary', ':'));
  });

  test('is not there until all of it is there', async () => {
    const { table, versions, clock } = await startVersions();
    const zone = readZone(toText(lines));
    const number = 7;
    for (let at = 1; ; at++) {
      let calls = 0;
      const dying: Table = {
        ...table,
        async put(...args) {
          if (++calls >= at) throw new Error('dead');
          return await table.put(...args);
        },
      };
      const keeping = openVersions(dying, () => clock.nowMs).keep(DOMAIN, {
        ...{ number, zone, etag: etagOf(zone) },
      });
      const kept = await keeping.then(
        () => true,
        () => false,
      );
      // Others may still be under way.
      await table.get('any');
      expect([at, (await versions.list(DOMAIN)).length]).toEqual([at, kept ? 1 : 0]);
      if (kept) break;
      await expect(versions.read(DOMAIN, number)).rejects.toMatchObject({ problem: 'not-found' });
      at += 3;
    }
  });

  test('is no version any more where a part of it is missing', async () => {
    const { table, versions, keep } = await startVersions();
    await keep(1, lines);
    await table.delete(`part/${DOMAIN}/000000000001/0003`);
    await expect(versions.read(DOMAIN, 1)).rejects.toMatchObject({ problem: 'not-found' });
  });
});

/** All that the table holds, versions inflated. */
async function secretsIn(table: Table): Promise<string> {
  const items: Attributes[] = [];
  for (const prefix of ['turn/', 'version/', 'part/']) items.push(...(await table.query(prefix)));
  const texts = items.map(({ part }) => (part?.B ? inflateRawSync(part.B).toString() : ''));
  return JSON.stringify(items) + texts.join('\n');
}

test('a restore brings back what was there, and keeps the password and the addresses of routers', async () => {
  const rig = await startZoneRig();
  const { stage, add, ask } = startPlaying(rig);
  const first = [
    ...SETTINGS,
    '$odd=1',
    'home DYNA 0 192.0.2.1 60',
    'home DYNAAAA 0 2001:db8::1 60',
    'odd A 0 192.0.2.1 600 17 18',
    'www A 0 192.0.2.1 600',
  ];
  rig.registrar.editZone(DOMAIN, () => toText(first));
  stage.at(stage.now(), async () => {
    const before = (await rig.call('dns-zone-get', { domain: DOMAIN })).etag;
    expect((await add(DOMAIN, 'a', 'v')).status).toBe(200);
    const [{ version = 0, etag = '', at = '' } = {}] = await rig
      .place()
      .zones.versions(
        ...([DOMAIN, { signal: AbortSignal.timeout(9000), remainingMs: () => 9000 }] as const),
      );
    expect([etag, at]).toEqual([before, new Date(START_MS).toISOString()]);
    rig.registrar.editZone(DOMAIN, (text) => {
      const changed = text.replace('yes:user:canary', 'yes:user:canary-2');
      return changed.replace('www A 0', 'theirs A 0').replace('192.0.2.1 60\n', '192.0.2.2 60\n');
    });
    rig.registrar.setDynamicAddress(DOMAIN, 'home', '2001:db8::2');
    const change = { domain: DOMAIN, ifMatch: '*', force: true };
    const dry = await ask((zones, deadline) =>
      zones.restore({ ...change, dryRun: true, deadline }, version),
    );
    const told = await ask((zones, deadline) => zones.restore({ ...change, deadline }, version));
    expect(told.written).toMatchObject({ changed: true, verified: true });
    expect(dry.written?.diff).toEqual(told.written?.diff);
    expect(rig.registrar.zone(DOMAIN)).toBe(
      toText(first)
        .replace('yes:user:canary', 'yes:user:canary-2')
        .replace('192.0.2.1 60\n', '192.0.2.2 60\n')
        .replace('db8::1', 'db8::2'),
    );
    expect(told.written?.etag).toBe(etag);
    // And undoes itself.
    expect(
      await rig.place({ now: stage.now }).call('dns-zone-versions', { domain: DOMAIN }),
    ).toMatchObject({
      json: { versions: [{ version: version + 1 }, { version }] },
    });
    expect(JSON.stringify([dry, told]) + log.text()).not.toContain('canary');
  });
  await stage.play();
  expect(await secretsIn(rig.table)).not.toContain('canary');
});
