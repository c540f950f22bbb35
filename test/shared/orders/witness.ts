import { expect } from '@jest/globals';
import type { Answered } from './ordering.ts';
import { KEYED, type Keyed, type Setting } from './schedule.ts';
import type { Carried, Truth } from './truth.ts';

/** Judges by what the registrar has really done. */
export interface Witness {
  /** One answer, as it came. @param strays whether the key was used for another request */
  hears(keyed: Keyed, strays: boolean, answer: Answered): Promise<void>;
  /** What must be true at any time. */
  looks(): void;
  /** The answer to the same request, once all has settled and time has passed. */
  concludes(keyed: Keyed, ask: () => Promise<Answered>): Promise<void>;
}

export const nameOf = ({ key, action }: Pick<Keyed, 'key' | 'action'>) => `${key} ${action}`;

const ORDERS = /^domain-(register|renew|privacy-order|transfer-in-reseller)$/;
/** What tells that nothing was sent, or that nobody knows. */
const UNANSWERED: ReadonlySet<string | undefined> = new Set([
  'unavailable',
  'timeout',
  'order-in-progress',
  'order-unknown',
]);

export function createWitness(truth: Truth, setting: Setting): Witness {
  const of = (keyed: Keyed) => truth.carried.filter(({ by }) => by === nameOf(keyed));
  const alike = ({ action, input }: Keyed) =>
    truth.carried.filter((it) => it.action === action && it.object === input.domain);

  async function hears(keyed: Keyed, strays: boolean, answer: Answered): Promise<void> {
    const { json, problem } = answer;
    const [own] = of(keyed);
    const line = `${nameOf(keyed)} ${answer.status} ${problem ?? json.status} ${json.svTrId}`;
    if (problem === undefined) return await hearsAccepted(keyed, json, line);
    if (UNANSWERED.has(problem)) return;
    if (problem === 'duplicate-order') return hearsDuplicate(keyed, json.svTrId, line);
    if (problem === 'idempotency-key-reused') return;
    expect([line, ['refused', 'not-found', 'conflict'].includes(problem)]).toEqual([line, true]);
    // A refusal is never the answer to what was carried out.
    if (!strays) expect([line, own]).toEqual([line, undefined]);
  }

  async function hearsAccepted(keyed: Keyed, json: Answered['json'], line: string) {
    const { svTrId, status } = json;
    if (svTrId === null) {
      // By its effect, which somebody has had.
      expect([line, status, alike(keyed).length > 0]).toEqual([line, 'ack', true]);
      return;
    }
    const [own] = of(keyed);
    expect([line, own?.svTrId]).toEqual([line, svTrId]);
    if (status !== 'pending')
      expect([line, await truth.statusOf(own as Carried)]).toEqual([line, status]);
  }

  /** Another of the kind is there, or may be: then nothing is known of it. */
  function hearsDuplicate(keyed: Keyed, svTrId: string | null, line: string): void {
    if (svTrId === null) return;
    const named = alike(keyed).find((it) => it.svTrId === svTrId);
    expect([line, named !== undefined && named.by !== nameOf(keyed)]).toEqual([line, true]);
  }

  function looks(): void {
    const names = truth.carried.map(({ by }) => by).filter((by) => by !== 'elsewhere');
    expect(names).toEqual([...new Set(names)]);
    const doubled = truth.carried.filter(
      (later, n) => isGuarded(later) && truth.carried.slice(0, n).some((it) => isOpenAt(it, later)),
    );
    expect(doubled).toEqual([]);
  }

  function isGuarded({ by, action, allowDuplicate }: Carried): boolean {
    return by !== 'elsewhere' && ORDERS.test(action) && !allowDuplicate;
  }

  function isOpenAt(earlier: Carried, later: Carried): boolean {
    return (
      earlier.by !== 'elsewhere' &&
      // One that is allowed beside others may overtake them.
      (!earlier.allowDuplicate || truth.carried.indexOf(earlier) < later.began) &&
      earlier.action === later.action &&
      earlier.object === later.object &&
      later.atMs < earlier.atMs + setting.settleAfterMs
    );
  }

  async function concludes(keyed: Keyed, ask: () => Promise<Answered>): Promise<void> {
    const [own] = of(keyed);
    const answer = await ask();
    await hears(keyed, false, answer);
    const { problem, status } = answer;
    const line = `${nameOf(keyed)} ${status} ${problem}`;
    const others = truth.carried.filter(
      ({ by, object }) => by !== nameOf(keyed) && object === keyed.input.domain,
    );
    // Rows of others can keep an order unknown: it is never guessed whose they are.
    if (problem === 'order-unknown' && (others.length > 0 || isHardToTell(keyed))) return;
    if (own) expect([line, status]).toEqual([line, 200]);
    const isBlocked = UNANSWERED.has(problem) || problem === 'duplicate-order';
    expect([line, isBlocked]).toEqual([line, false]);
  }

  /**
   * A row without a clTrId proves nothing if it is of another type, or if another order may have been
   * sent beside it.
   */
  function isHardToTell({ key, action, input }: Keyed): boolean {
    if (setting.listsClTrId && action === 'domain-register') return false;
    const hasRival = KEYED.some(
      (it) =>
        it.key !== key &&
        it.action === action &&
        it.input.domain === input.domain &&
        truth.tried.has(nameOf(it)),
    );
    return setting.requestTypes === 'orders' || hasRival;
  }

  return { hears, looks, concludes };
}
