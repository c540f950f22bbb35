/** A domain on its way in. */
export interface Transfer {
  readonly domain: string;
  /** The Tracking-Id of the request; null where it was begun on the registrar's pages. */
  readonly svTrId: string | null;
  readonly ownerEmail: string;
  readonly adminEmail: string;
  readonly startedAtMs: number;
  readonly endsAtMs: number;
  isCancelled: boolean;
}

/** The states that the documents name, in the order in which a transfer goes through them. */
const STAGES = [
  'IN_DB',
  'PAYMENT_PREPARED',
  'PAYMENT_ACQUIRED',
  'PENDING_FOA_SENDING',
  'FOA_BEEN_SENT',
  'FOA_ACK',
  'REGISTRY_REQUEST_SENT',
  'REGISTRY_REQUEST_RECEIVED_NOW_WAITING',
] as const;

/** How far a transfer is: it spends an equal time in each state. */
export function stateOf({ startedAtMs, endsAtMs, isCancelled }: Transfer, atMs: number): string {
  if (isCancelled) return 'REGISTRY_CANCELATION_PENDING';
  const done = (atMs - startedAtMs) / Math.max(1, endsAtMs - startedAtMs);
  const stage = Math.min(STAGES.length - 1, Math.max(0, Math.floor(done * STAGES.length)));
  return STAGES[stage] ?? STAGES[0];
}

/** Whether the owner has been asked, or is about to be, and has not answered yet. */
export function waitsForOwner(state: string): boolean {
  return state === 'PENDING_FOA_SENDING' || state === 'FOA_BEEN_SENT';
}
