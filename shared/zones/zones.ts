import type { Table } from '../aws/table.ts';
import { type Deadline, earlier } from '../dmapi/deadline.ts';
import { DmapiError } from '../dmapi/error.ts';
import type { Session } from '../session/session.ts';
import { type PatchInput, patchZone } from './patch.ts';
import { readIfMatch } from './precondition.ts';
import { type PutInput, replaceZone } from './replace.ts';
import { restoreZone } from './restore.ts';
import { openTurns, type TurnsOptions } from './turns.ts';
import { openVersions, type Version } from './versions.ts';
import { createWriting, ENDING_NEEDS_MS, type WriteRequest, type Written } from './write-zone.ts';

/** How a zone is to be changed, whatever the change is. */
export interface Change
  extends Pick<WriteRequest, 'domain' | 'force' | 'dryRun' | 'keepsVersion' | 'deadline'> {
  /** The header. Where it is given, the zone must be one of these. */
  readonly ifMatch?: string | undefined;
}

/** The zones of an execution environment: written by one at a time, read back, and kept as they were. */
export interface Zones {
  /** Replaces a zone. Throws what `write` throws. */
  put(change: Change, input: PutInput): Promise<Written>;
  /** Changes RRsets. Throws what `write` throws. @param defaultTtl seconds, for a new RRset */
  patch(change: Change, input: PatchInput, defaultTtl?: number): Promise<Written>;
  /** Writes back what a zone was before. Throws what `write` throws. */
  restore(change: Change, version: number): Promise<Written>;
  /** What a zone was before it was written, newest first. Throws what the table throws. */
  versions(domain: string, deadline: Deadline): Promise<readonly Version[]>;
}

export interface ZonesOptions extends TurnsOptions {
  readonly session: Session;
  /** Opens an account's part of the table of zones. */
  readonly openTable: (account: string, deadline: Deadline) => Table;
}

/** Before there is a turn or a version, and also where nothing would change. */
function notPermitted(): DmapiError {
  return new DmapiError('not-permitted', "The key's access does not allow to write zones.", {
    sent: false,
  });
}

/** The zones of an execution environment. */
export function createZones(options: ZonesOptions): Zones {
  const { session, openTable, now } = options;

  async function open(deadline: Deadline) {
    const account = await session.account(deadline);
    const table = openTable(account, deadline);
    // A turn is ended also where old versions cannot be deleted in time.
    const leavingSome = openTable(account, earlier(deadline, ENDING_NEEDS_MS));
    const versions = openVersions(leavingSome, now);
    const writing = createWriting({ ...options, turns: openTurns(table, options), versions });
    return { versions, writing };
  }

  async function write(
    { ifMatch, ...change }: Change,
    apply: (parts: Awaited<ReturnType<typeof open>>) => WriteRequest['change'],
  ): Promise<Written> {
    const precondition = readIfMatch(ifMatch);
    if (!(await session.permits('modify', change.deadline))) throw notPermitted();
    const parts = await open(change.deadline);
    return await parts.writing.write({ ...change, precondition, change: apply(parts) });
  }

  return {
    put: (change, input) =>
      write(
        change,
        () =>
          ({ zone }) =>
            replaceZone(zone, change.domain, input),
      ),
    patch: (change, input, defaultTtl) =>
      write(
        change,
        () =>
          ({ zone }) =>
            patchZone(zone, change.domain, input, defaultTtl),
      ),
    restore: (change, version) =>
      write(
        change,
        ({ versions }) =>
          async ({ zone }) =>
            restoreZone(zone, await versions.read(change.domain, version)),
      ),
    versions: async (domain, deadline) => (await open(deadline)).versions.list(domain),
  };
}
