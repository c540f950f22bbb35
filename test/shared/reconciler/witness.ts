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
  /** What has been told, as `<svTrId> <status>`, and how often. */
  const told = new Map<string, number>();
  const ids = new Map<string, string>();
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
    told.has(`${result.svTrId} ${status}`);

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
    const { svTrId, status } = detail.result;
    const line = `${svTrId} ${status}`;
    const known = world.known.get(svTrId);
    if (!known) throw new Error(`${svTrId} is not the registrar's.`);
    judgeContent(detail, known);
    expect([line, detailType]).toEqual([line, TYPES[status]]);
    judgeTransition(detail, known);
    expect([line, ids.get(line) ?? detail.id]).toEqual([line, detail.id]);
    ids.set(line, detail.id);
    if (isAlone && status === 'pending')
      expect([line, recorded.has(svTrId)]).toEqual([line, false]);
    const times = (told.get(line) ?? 0) + 1;
    told.set(line, times);
    const occasions = known.history.filter((entry) => entry.status === status).length;
    if (isCalm && times > occasions) throw new Error(`${line} is told more than once.`);
  }

  function judgeContent({ id, version, account, result }: ResultEventDetail, { row }: Known) {
    expect([result.svTrId, { version, account, result }]).toEqual([
      row.svTrId,
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
    const line = `${result.svTrId} ${previousStatus} ${result.status}`;
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
    const { history, place, svTrId } = result;
    const status = statusOf(result);
    if (status === 'unknown' || history.slice(0, -1).some((entry) => isSettled(entry.status))) {
      return false;
    }
    if (status === 'pending') return setting.filters;
    // Where the order says nothing, each has its turn among those that are asked for one by one.
    if (followedNow.has(svTrId)) return isOrdered || (isCalm && followedNow.size <= MAX_LOOKUPS);
    return isOrdered && place === 'head' && mustBeTold(result);
  }

  /** Whether it came after what counts as old, and that could be known. */
  function mustBeTold({ history, place, duringRun }: Known): boolean {
    if (publishHistory) return true;
    const since = history[0]?.tick ?? 0;
    if (sweptAt !== undefined && since > sweptAt) return true;
    return (
      isOrdered &&
      place === 'head' &&
      !duringRun &&
      headKnownAt !== undefined &&
      since > headKnownAt
    );
  }

  async function readLedger() {
    const tick = world.next();
    const [open, settled, baseline, run] = await Promise.all([
      rig.table.query('open/'),
      rig.table.query('settled/'),
      rig.table.query('baseline/'),
      rig.table.get('run'),
    ]);
    followedNow = new Set(open.map((item) => idOf(item.entry?.S)));
    for (const svTrId of followedNow) if (!followed.has(svTrId)) followed.set(svTrId, tick);
    for (const item of settled) recorded.add(idOf(item.entry?.S));
    if (run?.sweptAtMs?.N) sweptAt ??= tick;
    if (run?.sweptAtMs?.N || run?.sweepOffset?.N || baseline.length > 0) headKnownAt ??= tick;
  }

  async function concludes() {
    const lost = [...world.known.values()].filter((result) => isOwed(result) && !isTold(result));
    expect(lost.map(describe)).toEqual([]);
    await readLedger();
    const open = [...world.known.values()].filter((result) => !isSettled(statusOf(result)));
    expect([...followedNow].sort()).toEqual(open.map((result) => result.svTrId).sort());
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
  function wasFollowed({ svTrId, history }: Known): boolean {
    const since = followed.get(svTrId);
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

function describe({ svTrId, place, history }: Known): string {
  return `${svTrId} ${place} ${history.map(({ status, tick }) => `${status}@${tick}`).join(' ')}`;
}

function idOf(entry = ''): string {
  return entry.slice(entry.indexOf('/') + 1);
}
