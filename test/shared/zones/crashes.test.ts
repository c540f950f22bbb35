import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { openTable } from '../../../shared/aws/table.ts';
import { deadlineIn } from '../../../shared/dmapi/deadline.ts';
import { DmapiError } from '../../../shared/dmapi/error.ts';
import type { Session } from '../../../shared/session/session.ts';
import { captureLog } from '../../captured-log.ts';
import { ZONES } from '../../tables.ts';
import { createGate, type GateKeeper } from '../reconciler/gate.ts';
import { toText } from './any-zone.ts';
import { type How, type Playing, readyToSend, startPlaying, type Told } from './playing.ts';
import { startZoneRig, type ZoneRig } from './zoning.ts';

captureLog();

const DOMAIN = 'example.net';
const LINES = [
  '$dnssec=no',
  '$dyndns=yes:user:password',
  '$odd=1',
  '@ A 0 192.0.2.1 600',
  'odd A 0 192.0.2.1 600 17 18',
];
const MINUTE_MS = 60_000;

let rig: ZoneRig;
let playing: Playing;

beforeEach(async () => {
  rig = await startZoneRig();
  rig.registrar.editZone(DOMAIN, () => toText(LINES));
  playing = startPlaying(rig);
});

async function play(program: () => Promise<void>): Promise<void> {
  playing.stage.at(playing.stage.now(), program);
  await playing.stage.play();
}

const zone = () => rig.registrar.zone(DOMAIN);
const withTxt = (text: string, name: string) => `${text}${name} TXT 0 "v" 3600\n`;
const add = (name: string, how?: How) => playing.add(DOMAIN, name, 'v', how);

/** A whole zone with one TXT more. */
async function put(name: string, how?: How): Promise<Told> {
  const { json, etag } = await rig.call('dns-zone-get', { domain: DOMAIN });
  const { rrsets, forwards } = json;
  const more = { name, type: 'TXT', ttl: 3600, records: ['v'] };
  return await playing.ask(
    (zones, deadline) =>
      zones.put(
        { domain: DOMAIN, ifMatch: etag, deadline },
        { rrsets: [...rrsets, more], forwards },
      ),
    how,
  );
}

/** An environment all of whose calls go through a gate. */
function gated(keeper: Partial<GateKeeper>) {
  const gate = createGate({
    arrive() {},
    breaks: () => undefined,
    refuses: () => false,
    ...keeper,
  });
  const openTable: How['openTable'] = (...args) => gate.table(rig.openTable(...args));
  return { gate, how: { session: gate.session(rig.elsewhere), openTable } };
}

/** What is there is the zone before or after it; the next writers work on that, none too early. */
async function expectWhole(told: Told, before: string, name: string, context: string) {
  const after = zone();
  expect([context, [before, withTxt(before, name)].includes(after)]).toEqual([context, true]);
  if (told.status === 200) expect([context, after]).toEqual([context, withTxt(before, name)]);
  const early = await add(`${name}-early`);
  expect([context, [200, 503].includes(early.status)]).toEqual([context, true]);
  const then = early.status === 200 ? withTxt(after, `${name}-early`) : after;
  expect([context, zone()]).toEqual([context, then]);
  await playing.stage.sleep(MINUTE_MS);
  expect([context, (await add(`${name}-next`)).status]).toEqual([context, 200]);
  expect([context, zone()]).toEqual([context, withTxt(then, `${name}-next`)]);
}

const WRITES = [
  ['a patch', add],
  ['a put', put],
] as const;
/** See the crash points of orders. */
const CRASHES = ['fails', 'answer lost', 'dies'] as const;

describe.each(WRITES)('%s', (_, write) => {
  test.each(CRASHES)('leaves the old zone or the new one where any one step %s', async (crash) => {
    await play(async () => {
      for (let at = 1; ; at++) {
        const before = zone();
        const { gate, how } = gated({
          breaks(step) {
            if (step === at) return crash === 'fails' ? 'before' : 'after';
            return crash === 'dies' && step > at ? 'before' : undefined;
          },
        });
        const told = await write(`t${at}`, how);
        if (gate.steps < at) break;
        const heard = crash === 'dies' ? { ...told, status: 0 } : told;
        await expectWhole(heard, before, `t${at}`, `step ${at}: ${told.problem ?? told.status}`);
      }
    });
  });

  test('is carried out where the session ends before any one step', async () => {
    await play(async () => {
      for (let at = 1; ; at++) {
        const arrive = (step: number) => {
          if (step === at) rig.registrar.dropSessions();
        };
        const { gate, how } = gated({ arrive });
        const before = zone();
        expect([at, (await write(`t${at}`, how)).status]).toEqual([at, 200]);
        expect(zone()).toBe(withTxt(before, `t${at}`));
        if (gate.steps < at) break;
      }
    });
  });

  test('is all or nothing where the table is throttled at any one call', async () => {
    const client = new DynamoDBClient({
      endpoint: rig.dynamoDb.url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
    const openOnce: How['openTable'] = (account, deadline) =>
      openTable(client, { name: ZONES.TableName, account, deadline });
    await play(async () => {
      for (let at = 1; ; at++) {
        let calls = 0;
        const before = zone();
        rig.dynamoDb.intercept(() => (++calls === at ? 'throttled' : undefined));
        const told = await write(`t${at}`, { openTable: openOnce });
        rig.dynamoDb.intercept(undefined);
        if (calls < at) break;
        expect([at, told.problem ?? 200, told.status === 503]).toEqual([
          ...[at, told.status === 200 ? 200 : 'unavailable', told.status !== 200],
        ]);
        if (told.status !== 200) {
          expect([at, zone()]).toEqual([at, before]);
          expect(told.retryAfterSeconds).toBeGreaterThan(0);
        }
        await expectWhole(told, before, `t${at}`, `call ${at}: ${told.problem ?? told.status}`);
      }
    });
    client.destroy();
  });

  test('sends nothing where it was stopped before any one step until others have written', async () => {
    await play(async () => {
      for (let at = 1; ; at++) {
        const { gate, how } = gated({
          arrive: async (step) => {
            if (step !== at) return;
            await playing.stage.sleep(40_000);
            if (sent === 0) expect((await add(`t${at}-other`)).status).toBe(200);
          },
        });
        let sent = 0;
        const before = zone();
        // Stopped for so long between the last look at the turn and the sending: nobody could tell.
        const session: Session = {
          ...how.session,
          async send(request, deadline) {
            if (request.name !== 'dns-zone-put') return await how.session.send(request, deadline);
            const ready = await readyToSend(request);
            sent++;
            return await rig.elsewhere.send(ready, deadline);
          },
        };
        const told = await write(`t${at}`, { ...how, session, budgetMs: 10 * MINUTE_MS });
        if (gate.steps < at) break;
        // A put that was stopped before it had its turn finds another zone.
        expect([at, sent > 0 ? told.status === 200 : [503, 412].includes(told.status)]).toEqual([
          ...[at, true],
        ]);
        const other = zone().includes(`t${at}-other`) ? withTxt(before, `t${at}-other`) : before;
        expect([at, zone()]).toEqual([at, sent > 0 ? withTxt(other, `t${at}`) : other]);
        await playing.stage.sleep(MINUTE_MS);
      }
    });
  });
});

/** Its zone is sent, and there is no answer before the deadline. */
function unanswered(onSent: () => void = () => {}): Session {
  return {
    ...rig.elsewhere,
    async send(request, deadline) {
      if (request.name !== 'dns-zone-put') return await rig.elsewhere.send(request, deadline);
      const ready = await readyToSend(request);
      onSent();
      rig.elsewhere.send(ready, deadlineIn(600_000)).catch(() => {});
      await playing.stage.sleep(deadline.remainingMs());
      throw new DmapiError('timeout', 'The registrar did not answer in time.');
    },
  };
}

test('a zone that arrives late is not overtaken within a minute, and the next writer sees it', async () => {
  const { stage } = playing;
  let arrive = () => {};
  const until = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  rig.registrar.faults.arm({ kind: 'late', until, request: 'dns-zone-put', times: 1 });
  let sentAtMs = 0;
  const told = new Map<string, Told>();
  const startMs = stage.now();
  stage.at(startMs, async () => {
    const session = unanswered(() => {
      sentAtMs = stage.now();
    });
    told.set('late', await add('late', { session }));
  });
  for (const ms of [1000, 20_000, 41_000, 45_000, 46_000]) {
    stage.at(startMs + ms, async () => {
      told.set(`at-${ms}`, await add(`at-${ms}`));
    });
  }
  stage.at(startMs + 59_000, async () => {
    expect(zone()).toBe(toText(LINES));
    arrive();
    // It arrives in real time.
    while (zone() === toText(LINES)) await new Promise(setImmediate);
  });
  await stage.play();
  expect(told.get('late')).toMatchObject({ status: 504, problem: 'timeout' });
  for (const name of ['at-1000', 'at-20000', 'at-41000']) {
    expect(told.get(name)).toMatchObject({ status: 503, problem: 'unavailable' });
    expect(told.get(name)?.retryAfterSeconds).toBeGreaterThan(0);
  }
  for (const name of ['at-45000', 'at-46000']) {
    expect(told.get(name)?.status).toBe(200);
    expect(told.get(name)?.toldAtMs).toBeGreaterThanOrEqual(sentAtMs + MINUTE_MS);
  }
  expect(told.get('at-45000')?.toldAtMs).toBeLessThan(sentAtMs + MINUTE_MS + 1500);
  expect(zone()).toBe(['late', 'at-45000', 'at-46000'].reduce(withTxt, toText(LINES)));
});

test.each(['open', 'destroyed'] as const)(
  'a zone whose answer is lost (%s) is seen by the next writer',
  async (connection) => {
    rig.registrar.faults.arm({ kind: 'lost', connection, request: 'dns-zone-put', times: 1 });
    await play(async () => {
      const how = connection === 'open' ? { session: unanswered() } : {};
      const told = await add('lost', how);
      expect(told.status).toBe(connection === 'open' ? 504 : 503);
      while (zone() === toText(LINES)) await new Promise(setImmediate);
      expect((await add('early')).status).toBe(503);
      await playing.stage.sleep(MINUTE_MS);
      const next = await add('next');
      expect([next.status, next.toldAtMs - next.askedAtMs]).toEqual([200, 0]);
    });
    expect(zone()).toBe(['lost', 'next'].reduce(withTxt, toText(LINES)));
  },
);

test('a zone that is refused ends the turn at once, and nobody takes what is there for old', async () => {
  // The registrar knows no such type when it is written.
  const odd = toText([...LINES, 'odd SVC 0 what 600']);
  rig.registrar.editZone(DOMAIN, () => odd);
  await play(async () => {
    for (let i = 0; i < 3; i++) {
      const told = await add(`n${i}`);
      expect([told.problem, told.toldAtMs - told.askedAtMs]).toEqual(['refused', 0]);
      expect(zone()).toBe(odd);
    }
    rig.registrar.editZone(DOMAIN, () => toText(LINES));
    const told = await add('n');
    expect([told.status, told.toldAtMs - told.askedAtMs]).toEqual([200, 0]);
  });
});

test('a zone that somebody else overwrites at once is told to differ, by what is missing', async () => {
  const session: Session = {
    ...rig.elsewhere,
    async send(request, deadline) {
      const reply = await rig.elsewhere.send(request, deadline);
      if (request.name === 'dns-zone-put') {
        rig.registrar.editZone(DOMAIN, () => toText([...LINES, 'theirs A 0 192.0.2.1 600']));
      }
      return reply;
    },
  };
  const { call } = rig.place({ session, pause: async () => {} });
  const patch = {
    domain: DOMAIN,
    add: [{ name: 'ours', type: 'TXT', record: 'v' }],
    remove: [{ name: '@', type: 'A' }],
  };
  const answer = await call('dns-zone-patch', patch);
  expect(answer).toMatchObject({ status: 502, problem: 'zone-differs' });
  expect(answer.json.diff).toEqual({
    added: [{ name: '@', type: 'A', ttl: 600, record: '192.0.2.1' }],
    removed: [{ name: 'ours', type: 'TXT', ttl: 3600, record: 'v' }],
  });
  // The turn has ended.
  expect((await rig.place({ pause: async () => {} }).call('dns-zone-patch', patch)).status).toBe(
    200,
  );
});

test.each([
  { kind: 'truncated', fits: true },
  { kind: 'latin1' },
  { kind: 'garbled' },
  { kind: 'noStatus' },
] as const)(
  'a zone that cannot be read back (%j) is not verified, and does not differ',
  async (fault) => {
    rig.registrar.editZone(DOMAIN, () => toText([...LINES, 'x TXT 0 "ä" 600']));
    rig.registrar.faults.arm({ ...fault, request: 'dns-zone-get', skip: 1 });
    await play(async () => {
      const told = await add('a');
      expect([told.problem, told.written]).toMatchObject([undefined, { verified: false }]);
      rig.registrar.faults.clear();
      expect((await add('b')).status).toBe(200);
    });
    expect(zone()).toBe(['a', 'b'].reduce(withTxt, toText([...LINES, 'x TXT 0 "ä" 600'])));
  },
);

test('a registrar that hangs keeps the zone from nobody but where a zone may still arrive', async () => {
  const patch = (name: string) => ({
    domain: DOMAIN,
    add: [{ name, type: 'TXT', record: 'v' }],
  });
  async function hangs(request: string, skip: number, budgetMs: number, nextMs = 25_000) {
    const own = await startZoneRig();
    own.registrar.faults.arm({ kind: 'hang', request, skip, times: skip + 1 });
    const first = await own.place({ budgetMs }).call('dns-zone-patch', patch('first'));
    own.registrar.faults.clear();
    const next = await own.place({ budgetMs: nextMs }).call('dns-zone-patch', patch('next'));
    const text = own.registrar.zone(DOMAIN);
    return { first, next, names: ['first', 'next'].filter((name) => text.includes(`${name} TXT`)) };
  }
  /** Old versions are looked for once the zone has been written. */
  async function tableHangs() {
    const own = await startZoneRig();
    own.dynamoDb.intercept((operation) => (operation === 'Query' ? 'hanging' : undefined));
    const first = await own.place({ budgetMs: 10_000 }).call('dns-zone-patch', patch('first'));
    own.dynamoDb.intercept(undefined);
    const next = await own.place().call('dns-zone-patch', patch('next'));
    return { first, next };
  }
  const [table, get, back, sending] = await Promise.all([
    tableHangs(),
    hangs('dns-zone-get', 0, 4000),
    hangs('dns-zone-get', 1, 10_000),
    hangs('dns-zone-put', 0, 10_000, 8000),
  ]);
  expect(table.first.json).toMatchObject({ changed: true, verified: false });
  expect(table.next.status).toBe(200);
  expect([get.first.problem, get.next.status, get.names]).toEqual(['timeout', 200, ['next']]);
  expect(back.first.json).toMatchObject({ changed: true, verified: false });
  expect([back.next.status, back.names]).toEqual([200, ['first', 'next']]);
  expect([sending.first.problem, sending.next.problem]).toEqual(['timeout', 'unavailable']);
  expect(sending.names).toEqual([]);
});

test('a zone that is sent once more, in another session, has its minute from then', async () => {
  const clock = { nowMs: Date.now() };
  const { faults, requests } = rig.registrar;
  const { call } = rig.place({ now: () => clock.nowMs });
  await call('dns-zone-get', { domain: DOMAIN });
  let answer = () => {};
  const until = new Promise<void>((resolve) => {
    answer = resolve;
  });
  faults.arm({ kind: 'sessionLost', request: 'dns-zone-put', times: 1 });
  faults.arm({ kind: 'late', request: 'login', until });
  faults.arm({ kind: 'lost', request: 'dns-zone-put', connection: 'destroyed' });
  const logins = () => requests.filter(({ name }) => name === 'login').length;
  const before = logins();
  const input = { domain: DOMAIN, add: [{ name: 'a', type: 'TXT', record: 'v' }] };
  const told = call('dns-zone-patch', input);
  while (logins() === before) await new Promise(setImmediate);
  clock.nowMs += 14_000;
  answer();
  expect((await told).problem).toBe('unavailable');
  expect(zone()).toBe(withTxt(toText(LINES), 'a'));
  const turn = await rig.table.get(`turn/${DOMAIN}`);
  expect(turn?.heldUntilMs?.N).toBe(String(clock.nowMs + MINUTE_MS));
});
