import { standardCents } from '../catalogue/prices.ts';
import type { Params } from '../requests/parameters.ts';
import type { Domain, PrivacyLevel } from './domain.ts';

/** Whether an order buys privacy, too. */
export function isBoughtPrivacy(params: Params): boolean {
  return ['basic', 'pro'].includes(params.get('privacy') ?? '');
}

/** What a year of the ordered privacy costs, in cents; 0 where none is. */
export function privacyCents(params: Params): number {
  const level = params.get('privacy');
  return level === 'basic' || level === 'pro' ? standardCents(`privacy-${level}`, '') : 0;
}

/** Privacy that was paid for until that day. */
export function orderedPrivacy(params: Params, expires: string): Domain['privacy'] {
  return { level: params.get('privacy') as PrivacyLevel, origin: 'order', expires };
}
