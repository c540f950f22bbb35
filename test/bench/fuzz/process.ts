import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { tryEvent, tryReply } from './cases.ts';
import { type EventCase, eventCases } from './events.ts';
import { type Assignment, KINDS, type Kind, type Played } from './kinds.ts';
import { replyCases } from './replies.ts';
import { asReceived, rawCases, startHttpRegistrar, startRawRegistrar } from './sockets.ts';

async function main({ seed, counts }: Assignment): Promise<void> {
  const [http, raw] = await Promise.all([startHttpRegistrar(), startRawRegistrar()]);
  const events = await eventCases();
  const play = <T>(kind: Kind, cases: fc.Arbitrary<T>, attempt: (one: T) => Promise<number>) =>
    playAll(kind, cases, attempt, { seed, count: counts[kind] });
  const played = [
    await play('events', events, (one) => tryEvent(one)),
    await play('replies', replyCases, (one) => tryReply(one)),
    await play('httpEvents', events, (one: EventCase) => tryEvent(one, http.connect)),
    await play('rawReplies', rawCases, (one) =>
      tryReply(asReceived(one), (sent) => raw.connect(sent, one)),
    ),
  ];
  await Promise.all([http.close(), raw.close()]);
  process.send?.(played, () => process.disconnect());
}

const CASES_PER_TURN = 50;

interface Amount {
  readonly seed: number;
  readonly count: number;
}

async function playAll<T>(
  kind: Kind,
  cases: fc.Arbitrary<T>,
  attempt: (one: T) => Promise<number>,
  { seed, count }: Amount,
): Promise<Played> {
  const played: Played = { kind, cases: 0, statuses: {}, broken: [], slowestMs: 0, ms: 0 };
  const { lanes } = KINDS[kind];
  const property = () =>
    fc.asyncProperty(cases, async (one) => {
      played.cases++;
      // Without a turn of the event loop, the deadlines of all cases would pass at once in the end.
      if (played.cases % CASES_PER_TURN === 0) await setImmediate();
      const startedAtMs = performance.now();
      const status = await attempt(one);
      played.statuses[status] = (played.statuses[status] ?? 0) + 1;
      played.slowestMs = Math.max(played.slowestMs, performance.now() - startedAtMs);
    });
  const startedAtMs = performance.now();
  const playing = Array.from({ length: lanes }, async (_, lane) => {
    const numRuns = Math.ceil(count / lanes);
    const details = await fc.check(property(), { seed: seed + lane, numRuns });
    if (!details.failed) return;
    const error = details.errorInstance as Error | null;
    played.broken.push(
      `${error?.message ?? 'it failed'}, for ${write(details.counterexample?.[0])}`,
    );
  });
  await Promise.all(playing);
  played.ms = performance.now() - startedAtMs;
  return played;
}

const SHOWN = 2000;

function write(one: unknown): string {
  const text = JSON.stringify(one, (_key, value) =>
    value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
  );
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

process.once('message', (assignment: Assignment) => void main(assignment));
