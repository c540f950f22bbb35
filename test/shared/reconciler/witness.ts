import { expect } from '@jest/globals';
import { MAX_LOOKUPS } from '../../../shared/reconciler/followed.ts';
import type { ResultEventDetail } from '../../../shared/reconciler/result-event.ts';
import { ACCOUNT, type Rig } from './reconciling.ts';
import type { Setting } from './schedule.ts';
import { CANARY, changedAt, isSettled, type Known, statusOf, type World } from './world.ts';

/** Watches runs and judges them by what the registrar has shown. */
export interface Witness {
  /** Call it before each run. @returns the tick */
  begins(): number;
  /** Call it after each run. */
  ended(run: EndedRun): Promise<void>;
  /** Call it at the very end, when there is nothing more to come. */
  concludes(): Promise<void>;
}

export interface EndedRun {
  /** The tick at which it began. */
  readonly since: number;
  readonly isComplete: boolean;
  /** Whether another run was under way for a part of the time. */
  readonly isAlone: boolean;
}

export interface WitnessOptions {
  readonly rig: Rig;
  readonly world: World;
  readonly setting: Setting;
  /** Whether the case has no trouble and no runs at the same time: then nothing is told twice. */
  readonly isCalm: boolean;
  /** Whether runs never overlap in the case. */
  readonly isAlone: boolean;
}

export function createWitness({ rig, world, setting, isCalm, isAlone }: WitnessOptions): Witness {
  const { publishHistory } = setting;
  const isOrdered = setting.order === 'newest-first';
  /** What has been told, as `<key> <status>`, and how often. */
  const told = new Map<string, number>();
  /** The id of each transition, as `<key> <sequence> <status>`, and the other way round. */
  const ids = new Map<string, string>();
  const transitions = new Map<string, string>();
  /** What consumers take for the state of a result: of the highest sequence the last event. */
  const latest = new Map<string, ResultEventDetail>();
  /** What was recorded as settled when a run had ended. */
  const recorded = new Set<string>();
  /** What was followed when a run had ended, with the tick of that. */
  const followed = new Map<string, number>();
  let followedNow: ReadonlySet<string> = new Set();
  /** When the first run began, and when the first sweep was done. */
  let firstRunAt: number | undefined;
  let sweptAt: number | undefined;
  /** Since when a head that is new can be told from what is old. */
  let headKnownAt: number | undefined;
  let judged = 0;

  const isTold = (result: Known, status: string = statusOf(result)) =>
    told.has(`${result.key} ${status}`);

  function begins() {
    firstRunAt ??= world.next();
    return world.next();
  }

  async function ended({ since, isComplete, isAlone: wasAlone }: EndedRun) {
    judgeEvents();
    if (isComplete && sweptAt !== undefined && sweptAt < since && wasAlone) judgePromptness(since);
    await readLedger();
  }

  function judgeEvents() {
    const { delivered } = rig.eventBridge;
    for (; judged < delivered.length; judged++) {
      const event = delivered[judged] as (typeof delivered)[number];
      expect(JSON.stringify(event)).not.toMatch(new RegExp(`${CANARY}|sim-`));
      judgeDetail(event.detail as unknown as ResultEventDetail, event['detail-type']);
    }
  }

  function judgeDetail(detail: ResultEventDetail, detailType: string) {
    const { svTrId, procId, status } = detail.result;
    const key = `${svTrId}/${procId}`;
    const line = `${key} ${status}`;
    const known = world.known.get(key);
    if (!known) throw new Error(`${key} is not the registrar's.`);
    judgeContent(detail, known);
    expect([line, detailType]).toEqual([line, TYPES[status]]);
    judgeTransition(detail, known);
    judgeSequence(detail, key);
    if (isAlone && status === 'pending') expect([line, recorded.has(key)]).toEqual([line, false]);
    const times = (told.get(line) ?? 0) + 1;
    told.set(line, times);
    const occasions = known.history.filter((entry) => entry.status === status).length;
    if (isCalm && times > occasions) throw new Error(`${line} is told more than once.`);
  }

  /** Each transition has its own id, the same however often it is told; numbers never go back. */
  function judgeSequence(detail: ResultEventDetail, key: string) {
    const { id, sequence, result } = detail;
    const transition = `${key} ${sequence} ${result.status}`;
    expect([transition, ids.get(transition) ?? id]).toEqual([transition, id]);
    expect([id, transitions.get(id) ?? transition]).toEqual([id, transition]);
    ids.set(transition, id);
    transitions.set(id, transition);
    const before = latest.get(key)?.sequence;
    if (isCalm && before !== undefined) expect([key, sequence]).toEqual([key, before + 1]);
    if (isCalm && before === undefined) expect([key, sequence <= 2]).toEqual([key, true]);
    if (sequence >= (before ?? 0)) latest.set(key, detail);
  }

  function judgeContent({ id, version, account, result }: ResultEventDetail, { key, row }: Known) {
    expect([key, { version, account, result }]).toEqual([
      key,
      {
        version: 1,
        account: ACCOUNT,
        result: {
          timestamp: new Date(row.atMs).toISOString().slice(0, 19),
          svTrId: row.svTrId,
          procId: row.procId,
          requestType: row.requestType,
          requestObject: row.requestObject,
          status: result.status,
          clTrId: row.clTrId === '-' ? null : row.clTrId,
        },
      },
    ]);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }

  /** The status, and the one before, were really the result's; and it is not old news. */
  function judgeTransition({ previousStatus, result }: ResultEventDetail, known: Known) {
    const statuses = known.history.map((entry) => entry.status);
    const line = `${known.key} ${previousStatus} ${result.status}`;
    expect([line, statuses.includes(result.status)]).toEqual([line, true]);
    const wasSo = previousStatus === null || statuses.includes(previousStatus);
    expect([line, wasSo && previousStatus !== result.status]).toEqual([line, true]);
    if (isOldNews(known)) throw new Error(`${line} was so before the first run, and is told.`);
  }

  function isOldNews({ history }: Known): boolean {
    const [first] = history;
    const before = (first?.tick ?? 0) < (firstRunAt ?? 0);
    return (
      !publishHistory &&
      before &&
      !world.hasHidden &&
      history.every((entry) => isSettled(entry.status)) &&
      !hasChanged(history)
    );
  }

  function hasChanged(history: Known['history']): boolean {
    return history.some((entry) => entry.tick > (firstRunAt ?? 0)) || history.length > 1;
  }

  /** What has not changed during a complete run was told by it, where it was there to be found. */
  function judgePromptness(since: number) {
    const missing = [...world.known.values()].filter(
      (result) => changedAt(result) < since && isDueNow(result) && !isTold(result),
    );
    expect(missing.map(describe)).toEqual([]);
  }

  function isDueNow(result: Known): boolean {
    const { history, place, key } = result;
    const status = statusOf(result);
    if (world.hasHidden) return false;
    if (status === 'unknown' || history.slice(0, -1).some((entry) => isSettled(entry.status))) {
      return false;
    }
    if (status === 'pending') return setting.filters;
    // Where the order says nothing, each has its turn among those that are asked for one by one.
    if (followedNow.has(key)) return isOrdered || (isCalm && followedNow.size <= MAX_LOOKUPS);
    return isOrdered && place === 'head' && mustBeTold(result);
  }

  /** Whether it came after what counts as old, and that could be known. */
  function mustBeTold({ history, place, duringRun }: Known): boolean {
    if (publishHistory) return true;
    const since = history[0]?.tick ?? 0;
    if (sweptAt !== undefined && since > sweptAt) return true;
    return place === 'head' && !duringRun && headKnownAt !== undefined && since > headKnownAt;
  }

  async function readLedger() {
    const tick = world.next();
    const [open, settled, baseline, run] = await Promise.all([
      rig.table.query('open/'),
      rig.table.query('settled/'),
      rig.table.query('baseline/'),
      rig.table.get('run'),
    ]);
    followedNow = new Set(open.map((item) => keyIn(item.entry?.S)));
    for (const key of followedNow) if (!followed.has(key)) followed.set(key, tick);
    for (const item of settled) recorded.add(keyIn(item.entry?.S));
    if (run?.sweptAtMs?.N) sweptAt ??= tick;
    const isKnown = run?.sweptAtMs?.N || run?.sweepAnchor?.S || run?.baselineUntil?.S;
    if (isKnown || baseline.length > 0) headKnownAt ??= tick;
  }

  async function concludes() {
    const lost = [...world.known.values()].filter((result) => isOwed(result) && !isTold(result));
    expect(lost.map(describe)).toEqual([]);
    if (isAlone) judgeLatest();
    await readLedger();
    const open = [...world.known.values()].filter((result) => !isSettled(statusOf(result)));
    expect([...followedNow].sort()).toEqual(open.map(({ key }) => key).sort());
  }

  /** Who goes by the events has each result as the registrar has it. */
  function judgeLatest() {
    for (const result of world.known.values()) {
      const last = latest.get(result.key);
      const status = statusOf(result);
      if (!last || status === 'unknown') continue;
      expect([describe(result), last.result.status]).toEqual([describe(result), status]);
    }
  }

  /** Whether its final status must have been told in the end. */
  function isOwed(result: Known): boolean {
    const status = statusOf(result);
    const { history } = result;
    if (status === 'unknown') return false;
    if (status === 'pending') return history.every((entry) => !isSettled(entry.status));
    return mustBeTold(result) || !mayBeTakenForOld(result, status) || wasFollowed(result);
  }

  /** Whether it had this status when the first sweep may have looked at it. */
  function mayBeTakenForOld({ history }: Known, status: string): boolean {
    const until = sweptAt ?? Number.POSITIVE_INFINITY;
    return history.some(
      (entry, n) =>
        entry.status === status &&
        entry.tick <= until &&
        (history[n + 1]?.tick ?? Number.POSITIVE_INFINITY) > (firstRunAt ?? 0),
    );
  }

  /** Whether it was followed before it had ever settled. */
  function wasFollowed({ key, history }: Known): boolean {
    const since = followed.get(key);
    const settledAt = history.find((entry) => isSettled(entry.status))?.tick;
    return since !== undefined && settledAt !== undefined && since < settledAt;
  }

  return { begins, ended, concludes };
}

const TYPES: Readonly<Record<string, string>> = {
  pending: 'Result Pending',
  ack: 'Result Acknowledged',
  nack: 'Result Refused',
};

function describe({ key, place, history }: Known): string {
  return `${key} ${place} ${history.map(({ status, tick }) => `${status}@${tick}`).join(' ')}`;
}

function keyIn(entry = ''): string {
  return entry.slice(entry.indexOf('/') + 1);
}
