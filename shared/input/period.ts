import { wholeNumber } from './body.ts';

/** For how long, in months, as DMAPI counts; registries take years. */
export const periodMonths = wholeNumber(1, 120);

/** The year that the expiry shall reach: safe to repeat, since nothing happens once it has. */
export const expiryYear = wholeNumber(2000, 9999);
