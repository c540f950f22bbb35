import { createHash } from 'node:crypto';
import { DAY_MS, type Rig } from './reconciling.ts';

/** What version 0.1.0 has left in the ledger, where a result is named by its svTrId alone. */
export interface OldLedger {
  readonly open?: Readonly<Record<string, 'pending' | 'unknown' | 'untold'>>;
  readonly settled?: Readonly<Record<string, 'ack' | 'nack'>>;
  readonly baseline?: Readonly<Record<string, 'ack' | 'nack'>>;
  /** The sweep that it was in the middle of; none unless said. */
  readonly sweep?: { readonly offset: number; readonly anchor: string; readonly isFirst: boolean };
}

/** Writes the items as version 0.1.0 has written them. */
export async function writeOldLedger({ table, clock }: Rig, ledger: OldLedger): Promise<void> {
  const { open = {}, settled = {}, baseline = {}, sweep } = ledger;
  const expiresAt = (days: number) => ({
    N: String(Math.ceil(clock.nowMs / 1000) + (days * DAY_MS) / 1000),
  });
  const fence = { N: '7' };
  for (const [svTrId, status] of Object.entries(open)) {
    await table.put(`open/${svTrId}`, { status: { S: status }, fence, expiresAt: expiresAt(400) });
  }
  for (const [svTrId, status] of Object.entries(settled)) {
    await table.put(`settled/${svTrId}`, {
      status: { S: status },
      fence,
      expiresAt: expiresAt(100),
    });
  }
  const digests = (of: string) =>
    Buffer.concat(
      Object.entries(baseline)
        .filter(([, status]) => status === of)
        .map(([svTrId]) => createHash('sha256').update(svTrId).digest().subarray(0, 12)),
    );
  await table.put('baseline/1/0', {
    ack: { B: digests('ack') },
    nack: { B: digests('nack') },
    expiresAt: expiresAt(100),
  });
  await table.put('run', {
    fence,
    sweepOffset: sweep ? { N: String(sweep.offset) } : { NULL: true },
    sweepAnchor: sweep ? { S: sweep.anchor } : { NULL: true },
    sweptAtMs: sweep?.isFirst ? { NULL: true } : { N: String(clock.nowMs) },
    unpublishedSinceMs: { NULL: true },
  });
}
