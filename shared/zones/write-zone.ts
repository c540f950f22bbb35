import { setTimeout as sleep } from 'node:timers/promises';
import { type Deadline, earlier } from '../dmapi/deadline.ts';
import { DmapiError } from '../dmapi/error.ts';
import { log } from '../log.ts';
import type { Session } from '../session/session.ts';
import { compare, type Diff, showDiff } from './diff.ts';
import type { EditedLine } from './edit.ts';
import { assertWritable, type FetchedZone, fetchZone } from './fetch-zone.ts';
import { type LastWrites, mayBeFormer, STALE_MS, withWrite } from './last-writes.ts';
import { check, type Precondition } from './precondition.ts';
import { guardZone } from './rules.ts';
import { sendZone, wasAnswered } from './send-zone.ts';
import type { Turn } from './turn.ts';
import type { Turns } from './turns.ts';
import { verifyZone } from './verify-zone.ts';
import type { Versions } from './versions.ts';
import { etagOf } from './zone.ts';
import { ZoneError } from './zone-error.ts';
import type { Line } from './zone-line.ts';

/** A change of a zone, as a caller wants it. */
export interface WriteRequest {
  readonly domain: string;
  readonly precondition?: Precondition | undefined;
  /** Whether it may remove a great deal. */
  readonly force?: boolean | undefined;
  /** Whether it is only told what would change. */
  readonly dryRun?: boolean | undefined;
  /** @default true */
  readonly keepsVersion?: boolean;
  readonly deadline: Deadline;
  /** What the zone is to be. */
  change(fetched: FetchedZone): EditedLine[] | Promise<EditedLine[]>;
}

/** What has become of the zone. */
export interface Written {
  readonly etag: string;
  readonly changed: boolean;
  /** Whether it was read back and is as it was written. */
  readonly verified: boolean;
  readonly diff: Diff;
}

export interface WritingOptions {
  readonly session: Session;
  readonly turns: Turns;
  readonly versions: Versions;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** @default real time */
  readonly pause?: (ms: number) => Promise<unknown>;
}

/** How long a writer waits for its turn, and what it wants to have left then. */
const PATIENCE_MS = 18_000;
const TURN_NEEDS_MS = 7000;
/** A zone that is sent later than this would more often than not be without an answer. */
const SENDING_NEEDS_MS = 4000;
const STALE_POLL_MS = 500;
/** What is left of the call when the registrar has not answered: to end the turn, and to tell. */
export const ENDING_NEEDS_MS = 1500;
/** Who was stopped for longer after it had made sure of its turn sends nothing. */
const MAX_STOP_MS = 15_000;

/** How the turn is to end. */
interface TurnState {
  lastWrites: LastWrites | undefined;
  /** Whether the zone as it was has been kept for this write. */
  hasVersion: boolean;
  /** Whether a zone has been sent that may yet be carried out. */
  mayArrive: boolean;
}

/** Writes zones of one account, one writer at a time. */
export function createWriting(options: WritingOptions) {
  const { session, turns, versions, now, pause = sleep } = options;

  /**
   * Changes a zone. All of it or nothing: what is refused has changed nothing.
   *
   * @throws ZoneError, InvalidInputError, and what the session and the table throw. After a DmapiError
   *   `timeout` or `unavailable` the zone may have been written.
   */
  async function write(request: WriteRequest): Promise<Written> {
    const { domain, deadline } = request;
    if (request.dryRun) return await tell(request);
    const patienceMs = Math.min(PATIENCE_MS, deadline.remainingMs() - TURN_NEEDS_MS);
    const turn = await turns.take(domain, patienceMs);
    const { lastWrites } = turn;
    const state: TurnState = { lastWrites, hasVersion: false, mayArrive: false };
    try {
      return await writeInTurn(request, turn, state);
    } catch (error) {
      if (state.mayArrive && !wasAnswered(error)) throw mayBeWritten(error);
      state.mayArrive = false;
      // What was not replaced is no version.
      if (state.hasVersion) await versions.forget(domain, turn.number).catch(noted(NOT_DELETED));
      throw error;
    } finally {
      // A zone that may still arrive must not be overtaken: the turn runs out by itself.
      if (!state.mayArrive) await turn.end(state.lastWrites).catch(noted('a turn was not ended'));
    }
  }

  /** What a write would change. */
  async function tell(request: WriteRequest): Promise<Written> {
    const fetched = await fetchZone(session, request.domain, request.deadline);
    const { changes } = await plan(request, fetched);
    const changed = hasChanges(changes);
    return { etag: fetched.etag, changed, verified: false, diff: showDiff(changes) };
  }

  async function writeInTurn(request: WriteRequest, turn: Turn, state: TurnState) {
    const { domain, force, keepsVersion = true } = request;
    const deadline = earlier(request.deadline, ENDING_NEEDS_MS);
    const fetched = await fetchFresh(turn, domain, deadline);
    // After all that time it is no old one: somebody else has written it.
    if (mayBeFormer(state.lastWrites, fetched.etag, now())) state.lastWrites = undefined;
    const { edited, lines, changes } = await plan(request, fetched);
    const diff = showDiff(changes);
    if (!hasChanges(changes)) return { etag: fetched.etag, changed: false, verified: true, diff };
    assertWritable(fetched);
    if (!force) guardZone(fetched.zone.lines, changes.removed, changes.added);
    if (keepsVersion) {
      await versions.keep(domain, { number: turn.number, ...fetched });
      state.hasVersion = true;
    }
    const after = etagOf({ lines });
    const writes = withWrite(state.lastWrites, { before: fetched.etag, after }, now());
    await sendZone(session, domain, edited, {
      deadline,
      async beforeSending() {
        // In another session: the registrar has turned away what was sent before.
        state.mayArrive = false;
        await makeSure(turn, writes, deadline);
        state.mayArrive = true;
      },
    });
    Object.assign(state, { mayArrive: false, hasVersion: false, lastWrites: writes });
    if (keepsVersion) await versions.prune(domain).catch(noted(NOT_DELETED));
    const expected = { domain, lines, removed: changes.removed, etag: after };
    const { etag, verified } = await verifyZone({ session, pause, deadline }, expected);
    return { etag, changed: true, verified, diff };
  }

  /** The zone as it is, once it is no longer as it was before one of the last writes. */
  async function fetchFresh({ lastWrites }: Turn, domain: string, deadline: Deadline) {
    const endsAtMs = now() + STALE_MS;
    for (;;) {
      const fetched = await fetchZone(session, domain, deadline);
      const isOld = mayBeFormer(lastWrites, fetched.etag, now());
      if (!isOld || now() >= endsAtMs) return fetched;
      if (deadline.remainingMs() < SENDING_NEEDS_MS + STALE_POLL_MS) throw tooLate();
      await pause(STALE_POLL_MS);
    }
  }

  /** Whoever has been overtaken, or has been stopped, sends nothing. */
  async function makeSure(turn: Turn, writes: LastWrites, deadline: Deadline): Promise<void> {
    if (deadline.remainingMs() < SENDING_NEEDS_MS) throw tooLate();
    const atMs = now();
    await turn.send(writes);
    if (now() - atMs > MAX_STOP_MS) throw tooLate();
  }

  return { write };
}

async function plan(request: WriteRequest, before: FetchedZone) {
  check(request.precondition, before.etag);
  const edited = await request.change(before);
  const lines = edited.map(({ line }) => line);
  return { edited, lines, changes: compare(before.zone.lines, lines) };
}

function hasChanges({ added, removed }: { added: readonly Line[]; removed: readonly Line[] }) {
  return added.length > 0 || removed.length > 0;
}

function tooLate(): ZoneError {
  return new ZoneError(
    'unavailable',
    'There was no time left to write the zone and to learn what became of it: nothing was changed.',
    { retryAfterSeconds: 5 },
  );
}

/** The registrar has not answered, and nobody else may write until it has had its time. */
function mayBeWritten(error: unknown): unknown {
  if (!(error instanceof DmapiError)) return error;
  const message = `${error.message} The zone may have been written: get it and look. Nobody can write it for up to a minute.`;
  const { kind, reply } = error;
  return new DmapiError(kind, message, { reply, retryAfterSeconds: 60, cause: error });
}

const NOT_DELETED = 'versions of a zone were not deleted';

function noted(what: string) {
  return (error: Error) => log().warn(what, { reason: error.name });
}
