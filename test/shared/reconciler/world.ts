import type { Result as Planted } from '../../../infra/local/registrar/result.ts';
import { DAY_MS, id, MINUTE_MS, type Rig } from './reconciling.ts';
import type { Mutation, Place, Planting, Status } from './schedule.ts';

/** The status as consumers know it. */
export type ShownStatus = 'ack' | 'nack' | 'pending' | 'unknown';

/** A result and all that the registrar has ever shown of it. */
export interface Known {
  /** Its svTrId and procId. */
  readonly key: string;
  readonly row: Planted;
  readonly place: Place['kind'];
  /** Each status it had, and since which tick. */
  readonly history: { readonly status: ShownStatus; readonly tick: number }[];
  /** Whether it was made while a run was under way. */
  readonly duringRun: boolean;
}

/** The registrar's side of the model: it changes what there is, and knows what there was. */
export interface World {
  /** By svTrId and procId. */
  readonly known: ReadonlyMap<string, Known>;
  /** Whether anything has ever been hidden. */
  readonly hasHidden: boolean;
  /** Grows with everything that happens. */
  readonly tick: number;
  /** Runs under way. */
  runsUnderWay: number;
  next(): number;
  mutate(mutation: Mutation): void;
  /** What the registrar makes of the rows of a list. */
  show(rows: readonly string[]): string[];
  /** The results from the newest to the oldest, as the registrar lists them. */
  newestFirst(): Known[];
}

/** In the content of results. It must never come out. */
export const CANARY = 'canary-content';

export function createWorld(rig: Rig): World {
  const known = new Map<string, Known>();
  const blurred = new Map<Known, ShownStatus>();
  const hidden = new Map<string, 'vanish' | 'garble'>();
  let hasHidden = false;
  let tick = 0;

  function plant(planting: Planting) {
    const first = known.size;
    for (let n = 0; n < planting.count; n++) plantOne(planting, n, first);
  }

  function plantOne({ statuses, place, deleted, shared }: Planting, n: number, first: number) {
    const status = statuses[n % statuses.length] as Status;
    const number = known.size;
    const svTrId = id(shared ? first : number);
    const row = rig.registrar.addResult({
      svTrId,
      status,
      atMs: momentOf(place, n),
      requestType: 'domain-transfer-get-auth-id',
      requestObject: `${CANARY.slice(0, 3)}${number}.com`,
      clTrId: number % 3 === 0 ? `own-${number}` : '-',
      content: status === '?' ? null : `${CANARY} ${number}`,
      deleted,
    });
    const history = [{ status: toShown(status), tick }];
    const duringRun = world.runsUnderWay > 0;
    const key = `${svTrId}/${row.procId}`;
    known.set(key, { key, row, place: place.kind, history, duringRun });
  }

  function momentOf(place: Place, n: number): number {
    const list = newestFirst();
    const newestMs = list[0]?.row.atMs ?? 0;
    switch (place.kind) {
      case 'head':
        return Math.max(newestMs + (n === 0 ? 1 : place.stepMs), rig.clock.nowMs);
      case 'near':
        return list[Math.min(place.depth, list.length - 1)]?.row.atMs ?? rig.clock.nowMs;
      case 'deep':
        return rig.clock.nowMs - place.days * DAY_MS + n * 7 * MINUTE_MS;
    }
  }

  function newestFirst(): Known[] {
    return [...known.values()].reverse().sort((a, b) => b.row.atMs - a.row.atMs);
  }

  function change(result: Known | undefined, status: ShownStatus) {
    if (!result) return;
    Object.assign(result.row, { status: isSettled(status) ? status : '?' });
    result.history.push({ status, tick });
  }

  function settleMany(every: number, to: 'ack' | 'nack') {
    const open = [...known.values()].filter(isOpen);
    for (let n = 0; n < open.length; n += every) change(open[n], to);
  }

  function choose(pick: number, isEligible: (result: Known) => boolean): Known | undefined {
    const eligible = [...known.values()].filter(isEligible);
    return eligible[pick % Math.max(1, eligible.length)];
  }

  const isOpen = (result: Known) => !isSettled(statusOf(result)) && !blurred.has(result);
  const isClosed = (result: Known) => isSettled(statusOf(result)) && !blurred.has(result);

  function mutate(mutation: Mutation) {
    tick++;
    switch (mutation.kind) {
      case 'plant':
        return plant(mutation);
      case 'settle':
        return change(choose(mutation.pick, isOpen), mutation.to);
      case 'settleMany':
        return settleMany(mutation.every, mutation.to);
      case 'flip': {
        const result = choose(mutation.pick, isClosed);
        return change(result, result && statusOf(result) === 'ack' ? 'nack' : 'ack');
      }
      case 'blur': {
        const result = choose(mutation.pick, isClosed);
        if (result) blurred.set(result, statusOf(result));
        return change(result, 'pending');
      }
      case 'hide': {
        const result = choose(mutation.pick, ({ key }) => !hidden.has(key));
        if (result) hidden.set(result.key, mutation.how);
        hasHidden = true;
        return;
      }
      case 'focus':
        hidden.clear();
        for (const [result, status] of blurred) change(result, status);
        return blurred.clear();
      case 'remove': {
        const result = choose(mutation.pick, isClosed);
        return result && remove(result);
      }
      case 'dropSessions':
        return rig.registrar.dropSessions();
    }
  }

  function show(rows: readonly string[]): string[] {
    const shown = rows.map((row) => {
      const [, svTrId, procId] = row.split(/[ \t]/);
      const how = hidden.get(`${svTrId}/${procId}`);
      return how === 'vanish' ? '' : how === 'garble' ? `# ${row}` : row;
    });
    return shown.filter((row) => row !== '');
  }

  const world: World = {
    known,
    get hasHidden() {
      return hasHidden;
    },
    show,
    get tick() {
      return tick;
    },
    runsUnderWay: 0,
    next: () => ++tick,
    mutate,
    newestFirst,
  };
  return world;
}

/** As result-delete does it: the row is hidden, the status stays. */
function remove({ row }: Known) {
  Object.assign(row, { deleted: true, content: null });
}

export function statusOf({ history }: Known): ShownStatus {
  return (history.at(-1) as Known['history'][number]).status;
}

export function isSettled(status: ShownStatus): status is 'ack' | 'nack' {
  return status === 'ack' || status === 'nack';
}

/** Since when it has its status. */
export function changedAt({ history }: Known): number {
  return (history.at(-1) as Known['history'][number]).tick;
}

function toShown(status: Status): ShownStatus {
  if (status === '?') return 'pending';
  return status === 'processing' ? 'unknown' : status;
}
