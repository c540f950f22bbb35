import { inflateRawSync } from 'node:zlib';
import { expect } from '@jest/globals';
import type { Table } from '../../../shared/aws/table.ts';
import { deadlineIn } from '../../../shared/dmapi/deadline.ts';
import { DmapiError } from '../../../shared/dmapi/error.ts';
import type { Session } from '../../../shared/session/session.ts';
import { createGate } from '../reconciler/gate.ts';
import { toText } from './any-zone.ts';
import { type Playing, readyToSend, START_MS, startPlaying, type Told } from './playing.ts';
import type { Command, Crash, ElsewhereEdit, WriteCommand } from './schedule.ts';
import { createZoneTruth, type Intent, type Sent, type ZoneTruth } from './zone-truth.ts';
import { startZoneRig, type ZoneRig } from './zoning.ts';

const DOMAIN = 'example.net';
const LINES = [
  '$dnssec=no',
  '$dyndns=yes:user:canary-0',
  '$odd=1',
  '@ A 0 192.0.2.1 600',
  'a TXT 0 "first" 600',
  'home DYNA 0 192.0.2.99 60',
  'home DYNAAAA 0 2001:db8::99 60',
  'odd A 0 192.0.2.1 600 17 18',
  'go URL 0 https://example.com/ 60',
  'odd A 0 192.0.2.2 600 17 18',
];
const MINUTE_MS = 60_000;

interface Play {
  readonly rig: ZoneRig;
  readonly playing: Playing;
  readonly truth: ZoneTruth;
  /** All that callers were told. */
  readonly told: string[];
  /** Verdicts on zones that were sent: whoever sends them would take them for failures of its own. */
  readonly verdicts: unknown[];
}

/** Plays a schedule, and judges each zone that is sent and each answer. */
export async function play(commands: readonly Command[]): Promise<void> {
  let nowMs = () => START_MS;
  const rig = await startZoneRig({ now: () => nowMs() });
  rig.registrar.editZone(DOMAIN, () => toText(LINES));
  const playing = startPlaying(rig, START_MS + MINUTE_MS);
  const { stage } = playing;
  nowMs = stage.now;
  const truth = createZoneTruth(rig.registrar, DOMAIN);
  const all: Play = { rig, playing, truth, told: [], verdicts: [] };
  for (const [i, command] of commands.entries()) {
    const begin = () =>
      command.kind === 'write' ? write(all, command, i) : happen(all, command, i);
    stage.at(stage.now() + command.atMs, begin);
  }
  await stage.play();
  if (all.verdicts.length > 0) throw all.verdicts[0];
  await comeToRest(all);
}

/** What was asked, by its number, so that each value is there once. */
async function write(all: Play, command: WriteCommand, i: number): Promise<void> {
  const { rig, playing, told } = all;
  const by = `${i} ${command.change.kind}`;
  const intent = await intentOf(all, command, i);
  if (!intent) return;
  const sent: Sent[] = [];
  let carried = 0;
  const session = watch(all, { by, intent, command, sent, onCarried: () => carried++ });
  const gate = createGate({
    arrive() {},
    breaks: (step) => command.crash && breaksAt(command.crash, step),
    refuses: () => false,
  } as Parameters<typeof createGate>[0]);
  const how = {
    session: gate.session(session),
    openTable: (...args: Parameters<ZoneRig['openTable']>) => gate.table(rig.openTable(...args)),
    latencyMs: command.latencyMs,
  };
  const answer = await playing.ask((zones, deadline) => {
    const change = { domain: DOMAIN, deadline, dryRun: command.dryRun, force: true };
    if (intent.kind === 'patch') return zones.patch(change, intent.patch);
    const { ifMatch } = intent.kind === 'put' ? intent : { ifMatch: '*' };
    if (intent.kind === 'put') return zones.put({ ...change, ifMatch }, intent.put);
    return zones.restore({ ...change, ifMatch }, intent.number);
  }, how);
  if (all.verdicts.length > 0) throw all.verdicts[0];
  told.push(JSON.stringify(answer));
  // Whoever calls a function that has died hears nothing of it.
  if (command.crash?.kind !== 'dies') judge(by, command, answer, sent.length, carried);
}

function breaksAt({ kind, at }: Crash, step: number) {
  if (step === at) return kind === 'fails' ? 'before' : 'after';
  return kind === 'dies' && step > at ? 'before' : undefined;
}

function judge(
  by: string,
  { dryRun, lateMs }: WriteCommand,
  told: Told,
  sent: number,
  carried: number,
) {
  const { status, problem, written } = told;
  const line = `${by} ${status} ${problem}`;
  if (status === 200) {
    const writes = written?.changed && !dryRun ? 1 : 0;
    expect([line, sent, carried]).toEqual([line, writes, writes]);
  }
  if (status >= 400 && status < 500) expect([line, sent]).toEqual([line, 0]);
  if (status === 503) expect([line, told.retryAfterSeconds > 0]).toEqual([line, true]);
  expect([line, status === 500]).toEqual([line, false]);
  expect([line, sent <= 1, dryRun && sent > 0]).toEqual([line, true, false]);
  if (lateMs === null)
    expect([line, told.toldAtMs - told.askedAtMs <= 26_000]).toEqual([line, true]);
}

function note({ verdicts }: Play, judge: () => void): void {
  try {
    judge();
  } catch (error) {
    verdicts.push(error);
  }
}

interface Watched {
  readonly by: string;
  readonly intent: Intent;
  readonly command: WriteCommand;
  readonly sent: Sent[];
  readonly onCarried: () => void;
}

/** A session whose zones are judged before they are carried out, now or later. */
function watch(all: Play, { by, intent, command, sent, onCarried }: Watched): Session {
  const { rig, truth, playing } = all;
  let base = '';
  return {
    ...rig.elsewhere,
    async send(request, deadline) {
      if (request.name !== 'dns-zone-put') {
        const reply = await rig.elsewhere.send(request, deadline);
        base = reply.body;
        return reply;
      }
      const ready = await readyToSend(request);
      const zone: Sent = { by, intent, base, text: request.params.zone ?? '' };
      sent.push(zone);
      note(all, () => truth.judges(zone));
      const carryOut = async () => {
        const reply = await rig.elsewhere.send(ready, deadlineIn(60_000));
        note(all, () => truth.carriedOut(zone));
        onCarried();
        return reply;
      };
      if (command.lateMs === null) return await carryOut();
      playing.stage.at(playing.stage.now() + command.lateMs, async () => {
        note(all, () => truth.judges(zone));
        await carryOut();
      });
      await playing.stage.sleep(deadline.remainingMs());
      throw new DmapiError('timeout', 'The registrar did not answer in time.');
    },
  };
}

type Meant =
  | Exclude<Intent, { kind: 'restore' }>
  | (Extract<Intent, { kind: 'restore' }> & { number: number });

async function intentOf(
  all: Play,
  { change }: WriteCommand,
  i: number,
): Promise<Meant | undefined> {
  const { rig, playing } = all;
  const value = `v${i}`;
  if (change.kind === 'restore') {
    const { json } = await rig
      .place({ now: playing.stage.now })
      .call('dns-zone-versions', { domain: DOMAIN });
    const { version: number } =
      json.versions[change.back % Math.max(1, json.versions.length)] ?? {};
    if (number === undefined) return undefined;
    return { kind: 'restore', number, version: await versionText(rig.table, number) };
  }
  if (change.kind !== 'put') {
    const { name, kind } = change;
    const rrset = { name, type: 'TXT' };
    if (kind === 'add') return { kind: 'patch', patch: { add: [{ ...rrset, record: value }] } };
    if (kind === 'remove') return { kind: 'patch', patch: { remove: [rrset] } };
    return { kind: 'patch', patch: { set: [{ ...rrset, records: [value] }] } };
  }
  const { json, etag } = await rig.call('dns-zone-get', { domain: DOMAIN });
  if (change.afterMs > 0) await playing.stage.sleep(change.afterMs);
  const kept = json.rrsets.filter((_: unknown, at: number) => at !== change.drops);
  const rrset = kept.find(
    (one: { name: string; type: string }) => one.name === change.name && one.type === 'TXT',
  );
  const more = { name: change.name, type: 'TXT', ttl: rrset?.ttl ?? 3600, records: [value] };
  const password = `canary-${i}`;
  return {
    kind: 'put',
    ifMatch: change.ifMatch === '*' ? '*' : etag,
    put: {
      rrsets: [...kept, more],
      forwards: json.forwards,
      ...(change.password && { dynDns: { enabled: true, username: 'user', password } }),
      ...(change.dropsOther && { other: [] }),
    },
  };
}

function happen(
  { rig: { registrar }, truth }: Play,
  command: Exclude<Command, WriteCommand>,
  i: number,
): void {
  switch (command.kind) {
    case 'dropSessions':
      registrar.dropSessions();
      break;
    case 'stale': {
      const { forMs, times, skip } = command;
      registrar.faults.arm({ kind: 'stale', request: 'dns-zone-get', forMs, times, skip });
      break;
    }
    case 'router':
      // Of a record that somebody may have removed.
      if (/^home DYNA /m.test(registrar.zone(DOMAIN))) {
        registrar.setDynamicAddress(DOMAIN, 'home', `198.51.100.${i}`);
      }
      break;
    case 'elsewhere':
      registrar.editZone(DOMAIN, (text) => editOf(command.edit, text, truth, i));
  }
  truth.elsewhere();
}

function editOf(edit: ElsewhereEdit, text: string, { states }: ZoneTruth, i: number): string {
  if (edit === 'add') return `${text}theirs-${i} A 0 192.0.2.3 600\n`;
  if (edit === 'remove') return text.replace(/\n\S+ TXT [^\n]*\n$/, '\n');
  if (edit === 'back') return states[i % states.length] ?? text;
  return text.replace(/canary-\d+/, `canary-${i}`);
}

/** Deflated parts of a version, as they lie in the table. */
async function versionText(table: Table, number: number): Promise<string> {
  const parts = await table.query(`part/${DOMAIN}/${String(number).padStart(12, '0')}/`);
  return inflateRawSync(
    Buffer.concat(parts.map(({ part }) => part?.B ?? new Uint8Array())),
  ).toString();
}

const blanked = (text: string) => text.replace(/canary-\d+/, '').trimEnd();

/** Nobody is in the way any more, no secret has got anywhere, and versions are what has been there. */
async function comeToRest({ rig, playing, truth, told }: Play): Promise<void> {
  rig.registrar.faults.clear();
  const { stage } = playing;
  stage.at(stage.now() + 2 * MINUTE_MS, async () => {
    for (const name of ['last', 'very-last']) {
      const answer = await playing.add(DOMAIN, name, 'v');
      expect([name, answer.status]).toEqual([name, 200]);
      if (name === 'very-last') expect(answer.toldAtMs).toBe(answer.askedAtMs);
    }
  });
  await stage.play();
  const items = await rig.table.query('');
  const facts = items.filter(({ entry }) => entry?.S?.startsWith('version/'));
  const been = new Set(truth.states.map(blanked));
  let texts = '';
  for (const { entry } of facts) {
    const text = await versionText(rig.table, Number(entry?.S?.split('/')[2]));
    expect(been.has(text.trimEnd()) || text.includes('last TXT')).toBe(true);
    texts += text;
  }
  expect(JSON.stringify(items) + texts + told.join('\n')).not.toContain('canary');
}
