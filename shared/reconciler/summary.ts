/** What one run has come to. */
export interface Summary {
  /**
   * - `completed`: everything that was due has been looked at;
   * - `unfinished`: the time was used up, the next run carries on;
   * - `failed`: see `reason`; the next run tries again;
   * - `busy`: another run was under way, this one did nothing;
   * - `superseded`: another run has taken over in the middle of this one.
   */
  readonly outcome: 'completed' | 'unfinished' | 'failed' | 'busy' | 'superseded';
  /** Why a run did not complete. Never text of the registrar. */
  readonly reason: string | null;
  /** The registrar's UID; null where the login failed. */
  readonly account: string | null;
  /** Rows read, those that were read twice included. */
  readonly resultsSeen: number;
  /** Rows that could not be read; the log says where they stand and what is wrong with them. */
  readonly rowsUnreadable: number;
  readonly eventsPublished: number;
  /** Results that are followed because they have not settled; null where the ledger was not read. */
  readonly stillPending: number | null;
  /** Those of them whose status is a word that nobody knows; null where the ledger was not read. */
  readonly statusUnknown: number | null;
  /** For how long the oldest of these has had it: 0 where there is none, null as above. */
  readonly oldestUnknownSeconds: number | null;
  /**
   * Those that are followed and that neither a list nor a look-up has shown in this run; null where
   * it did not get to look for all of them.
   */
  readonly vanished: number | null;
  /** Requests to result-list; a login comes on top. */
  readonly requestsMade: number;
  readonly durationMs: number;
  /** The offset up to which a sweep of the whole list has come; null where none is under way. */
  readonly sweepOffset: number | null;
  /**
   * For how long there have been transitions that could not be published: 0 where there are none,
   * null where the ledger was not read.
   */
  readonly oldestUnpublishedSeconds: number | null;
}
