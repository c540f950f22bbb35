import { text, textLike } from './text.ts';

/** The registrar's tracking id of a request. */
export const svTrId = textLike(/^[A-Za-z0-9-]{1,64}$/, 'a tracking id: letters, digits and dashes');

/** The registrar's number of a request. */
export const procId = textLike(/^\d{1,20}$/, 'a processing id: digits');

/** The caller's own id of a request: result-list shows it and finds by it. It need not be unique. */
export const clTrId = text(64);
