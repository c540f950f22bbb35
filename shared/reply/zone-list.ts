import * as cell from './cells.ts';
import { column } from './list.ts';

/** The columns of dns-zone-list. */
export const ZONE_COLUMNS = {
  domain: column(cell.key),
  expirationDate: column(cell.day),
};
