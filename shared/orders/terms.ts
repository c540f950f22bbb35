import type { Access } from '../access.ts';
import type { Operation } from './price.ts';

/** What makes an action an order: what is charged, and how its price is kept below a ceiling. */
export interface OrderTerms {
  readonly operation: Operation;
  /** Whether DMAPI itself takes the ceiling, as `max-price`. */
  readonly takesMaxPrice: boolean;
  /** Whether a clTrId of ours is sent where the caller gives none: documented for one request. */
  readonly takesClTrId?: boolean;
}

/** What of an action it takes to order by it. */
export interface OrderedAction {
  readonly name: string;
  readonly access: Access;
  readonly terms?: OrderTerms | undefined;
}

/** What of an order's input its terms are about. */
export interface OrderInput {
  readonly domain: string;
  readonly periodMonths?: number | undefined;
  readonly expiryYear?: number | undefined;
  readonly privacy?: string | undefined;
  readonly maxPrice?: string | undefined;
  readonly currentExpiry?: string | undefined;
  readonly allowDuplicate?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly clTrId?: string | undefined;
}

const YEAR_MS = 365.25 * 86_400_000;

/** For how many years an order is charged; one where nothing says. @param expiry of the domain */
export function yearsOf(
  { operation }: OrderTerms,
  { periodMonths, expiryYear }: OrderInput,
  expiry: string | null,
  nowMs: number,
): number {
  if (periodMonths !== undefined) return Math.max(1, Math.ceil(periodMonths / 12));
  if (!expiry) return 1;
  // Privacy is bought for the time that the domain still has; whole years are charged.
  const isRest = operation === 'privacy';
  const from = isRest ? new Date(nowMs).getUTCFullYear() : Number(expiry.slice(0, 4));
  if (expiryYear !== undefined) return Math.max(1, expiryYear - from);
  return isRest ? Math.max(1, Math.ceil((Date.parse(expiry) - nowMs) / YEAR_MS)) : 1;
}
