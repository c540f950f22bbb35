import { domainToASCII, domainToUnicode } from 'node:url';
import type { Deadline } from '../dmapi/deadline.ts';
import { orNothing } from '../dmapi/or-nothing.ts';
import { type Result, readResults } from '../dmapi/result.ts';
import { keyOf } from '../reconciler/identity.ts';
import * as cell from '../reply/cells.ts';
import { column, readList } from '../reply/list.ts';
import type { Session } from '../session/session.ts';

/** What result-list has of one object. */
export interface Rows {
  readonly results: readonly Result[];
  readonly unreadable: number;
}

/** Looks at the registrar for what it has of an object. All throw what `session.send` throws. */
export interface Sightings {
  /**
   * Its rows in result-list, by its name in ASCII and in Unicode: not by type, time or clTrId, since
   * types are written in other ways too, the registrar's clock is unknown, and not every request
   * keeps a clTrId. Where a request names no object, the newest rows of all.
   */
  rows(object: string | null, deadline: Deadline): Promise<Rows>;
  /** When a domain of the account expires, `YYYY-MM-DD`; null where the account has it not. */
  expiry(domain: string, deadline: Deadline): Promise<string | null>;
}

const PAGE = 1000;

/** Sightings within a session. */
export function openSightings(session: Session): Sightings {
  const ask = (name: string, params: Record<string, string>, deadline: Deadline) =>
    orNothing(session.send({ name, access: 'read', params }, deadline));

  async function page(params: Record<string, string>, deadline: Deadline): Promise<Rows> {
    const asked = { pending: '1', showall: '1', limit: String(PAGE), ...params };
    const { rows: results, unreadable } = readResults(await ask('result-list', asked, deadline));
    return { results, unreadable: unreadable.length };
  }

  /** All of an object: where the list is oldest first, what is new is on the last page. */
  async function list(objid: string | undefined, deadline: Deadline): Promise<Rows> {
    if (objid === undefined) return await page({}, deadline);
    const found: Result[] = [];
    let unreadable = 0;
    for (let seen = 0; ; ) {
      const next = await page({ objid, ...(seen > 0 && { offset: String(seen) }) }, deadline);
      found.push(...next.results);
      unreadable += next.unreadable;
      const received = next.results.length + next.unreadable;
      seen += received;
      if (received < PAGE) return { results: found, unreadable };
    }
  }

  async function rows(object: string | null, deadline: Deadline): Promise<Rows> {
    const found: Result[] = [];
    let unreadable = 0;
    for (const name of spellings(object)) {
      const part = await list(name, deadline);
      found.push(...part.results);
      unreadable += part.unreadable;
    }
    const byId = new Map(found.map((result) => [keyOf(result), result]));
    return { results: [...byId.values()], unreadable };
  }

  async function expiry(domain: string, deadline: Deadline): Promise<string | null> {
    const reply = await ask('query-domain-list', { pattern: domain, showstatus: '1' }, deadline);
    const { domains } = readList('domains', COLUMNS, reply);
    const found = domains.find((row) => domainToASCII(row.domain) === domain);
    return found ? (found.expirationDate ?? UNKNOWN_DAY) : null;
  }

  return { rows, expiry };
}

const COLUMNS = { domain: column(cell.key), expirationDate: column(cell.day) };
/** A domain of the account whose expiry is not told: there, and never later than anything. */
const UNKNOWN_DAY = '';

function spellings(object: string | null): (string | undefined)[] {
  if (object === null) return [undefined];
  const unicode = domainToUnicode(object);
  return unicode === '' || unicode === object ? [object] : [object, unicode];
}
