import { expect, test } from '@jest/globals';
import { captureLog } from '../../captured-log.ts';
import { toText } from './any-zone.ts';
import { type Playing, START_MS, startPlaying } from './playing.ts';
import { startZoneRig, type ZoneRig } from './zoning.ts';

captureLog();

const DOMAIN = 'example.net';
const LINES = ['$dnssec=no', '$dyndns=yes:user:first', '@ A 0 192.0.2.1 600'];

interface Stale {
  readonly rig: ZoneRig;
  readonly playing: Playing;
  /** Has those reads lag behind; gives the way to end it. */
  lag(scope?: {
    readonly forMs?: number;
    readonly times?: number;
    readonly skip?: number;
  }): () => void;
  reads(): number;
  /** How long a write takes that must be answered 200. */
  takes(name: string): Promise<number>;
}

async function startStale(): Promise<Stale> {
  let nowMs = () => START_MS;
  const rig = await startZoneRig({ now: () => nowMs() });
  rig.registrar.editZone(DOMAIN, () => toText(LINES));
  const playing = startPlaying(rig, START_MS + 60_000);
  nowMs = playing.stage.now;
  return {
    rig,
    playing,
    lag: (scope) => rig.registrar.faults.arm({ kind: 'stale', request: 'dns-zone-get', ...scope }),
    reads: () => rig.registrar.requests.filter(({ name }) => name === 'dns-zone-get').length,
    async takes(name) {
      const told = await playing.add(DOMAIN, name, 'v');
      expect([name, told.status]).toEqual([name, 200]);
      return told.toldAtMs - told.askedAtMs;
    },
  };
}

/** Plays one program to its end. */
async function playing({ playing: { stage } }: Stale, program: () => Promise<void>) {
  stage.at(stage.now(), program);
  await stage.play();
}

test('a writer that is shown the zone before the last write reads again until it is shown that', async () => {
  const stale = await startStale();
  await playing(stale, async () => {
    expect(await stale.takes('a')).toBe(0);
    stale.lag({ forMs: 4000 });
    // It is read back as it was before, too.
    const told = await stale.playing.add(DOMAIN, 'b', 'v');
    expect(told.problem).toBe('zone-differs');
    stale.rig.registrar.faults.clear();
    expect(await stale.takes('c')).toBe(0);
  });
  expect(stale.rig.registrar.zone(DOMAIN)).toBe(
    toText([...LINES, 'a TXT 0 "v" 3600', 'b TXT 0 "v" 3600', 'c TXT 0 "v" 3600']),
  );
});

test('after ten seconds it is taken for the zone, and the next ones do not wait', async () => {
  const stale = await startStale();
  await playing(stale, async () => {
    expect(await stale.takes('a')).toBe(0);
    // Somebody else has set it back.
    stale.rig.registrar.editZone(DOMAIN, () => toText(LINES));
    const told = await stale.playing.patch(DOMAIN, { remove: [{ name: 'b', type: 'TXT' }] });
    expect(told.written).toMatchObject({ changed: false });
    const tookMs = told.toldAtMs - told.askedAtMs;
    expect([tookMs >= 10_000, tookMs < 11_000]).toEqual([true, true]);
    expect(await stale.takes('b')).toBe(0);
    expect(await stale.takes('c')).toBe(0);
  });
  expect(stale.rig.registrar.zone(DOMAIN)).toBe(
    toText([...LINES, 'b TXT 0 "v" 3600', 'c TXT 0 "v" 3600']),
  );
});

test('what was there before several writes of late is no zone to write on either', async () => {
  const stale = await startStale();
  await playing(stale, async () => {
    for (const name of ['a', 'b', 'c']) expect(await stale.takes(name)).toBe(0);
    const before = stale.reads();
    stale.lag({ forMs: 9000, times: 3 });
    expect(await stale.takes('d')).toBe(1500);
    expect(stale.reads() - before).toBe(5);
  });
  for (const name of ['a', 'b', 'c', 'd']) {
    expect(stale.rig.registrar.zone(DOMAIN)).toContain(`\n${name} TXT 0 "v" 3600\n`);
  }
});

test('a zone that is what it was before is written at once', async () => {
  const stale = await startStale();
  const remove = [{ name: 'a', type: 'TXT' }];
  await playing(stale, async () => {
    expect(await stale.takes('a')).toBe(0);
    await stale.playing.patch(DOMAIN, { remove });
    expect(await stale.takes('a')).toBe(0);
    await stale.playing.patch(DOMAIN, { remove });
    expect(await stale.takes('b')).toBe(0);
  });
});

test('a new DynDNS password, which no tag tells of, is not written over by an old one', async () => {
  const stale = await startStale();
  await playing(stale, async () => {
    const rrsets = [{ name: '@', type: 'A', ttl: 600, records: ['192.0.2.1'] }];
    const dynDns = { enabled: true, username: 'user', password: 'second' };
    const put = { rrsets, forwards: [], dynDns };
    const told = await stale.playing.ask((zones, deadline) =>
      zones.put({ domain: DOMAIN, ifMatch: '*', deadline }, put),
    );
    expect(told.written).toMatchObject({ changed: true, verified: true });
    stale.lag({ forMs: 9000, times: 10 });
    await stale.takes('a');
    stale.rig.registrar.faults.clear();
    await stale.playing.stage.sleep(11_000);
    expect(await stale.takes('b')).toBe(0);
  });
  expect(stale.rig.registrar.zone(DOMAIN)).toContain('$dyndns=yes:user:second\n');
});

test.each([1000, 5000, 9000])('nothing is lost by reads that lag %d ms behind', async (forMs) => {
  const stale = await startStale();
  const { stage, add } = stale.playing;
  const statuses = new Map<string, number>();
  // Some of the reads: those of one server of several.
  for (let i = 0; i < 40; i++) stale.lag({ forMs, times: 1 + (i % 3), skip: 2 * i });
  for (let i = 0; i < 12; i++) {
    stage.at(stage.now() + i * 1500, async () => {
      statuses.set(`n${i}`, (await add(DOMAIN, `n${i}`, 'v')).status);
    });
  }
  await stage.play();
  const zone = stale.rig.registrar.zone(DOMAIN);
  const good = [...statuses].filter(([, status]) => status === 200).map(([name]) => name);
  expect(good.length).toBeGreaterThan(2);
  for (const name of good) expect(zone).toContain(`\n${name} TXT 0 "v" 3600\n`);
});
