import type { RequestAccess } from '../account/access.ts';
import { queryProfile } from '../account/query-profile.ts';
import type { Sessions } from '../account/sessions.ts';
import type { Dialect } from '../dialect.ts';
import { ASYNCHRONOUS_REQUESTS } from '../results/asynchronous-requests.ts';
import { type QueueOptions, queueRequest } from '../results/queue-request.ts';
import { resultDelete } from '../results/result-delete.ts';
import { resultList } from '../results/result-list.ts';
import { resultRetrieve } from '../results/result-retrieve.ts';
import type { Handle } from './handle.ts';
import { done } from './outcome.ts';

/** A request that is served within a session. */
export interface ServedRequest {
  readonly access: RequestAccess;
  readonly handle: Handle;
  /** Whether its replies carry a Tracking-Id: of the recorded requests only the list does not. */
  readonly tracked: boolean;
}

/** What serving them needs of the registrar. */
export interface ServingOptions extends QueueOptions {
  readonly sessions: Sessions;
  readonly dialect: Dialect;
}

/** Every request served within a session, by its name and its older names. */
export function serveRequests(options: ServingOptions): ReadonlyMap<string, ServedRequest> {
  const { results, sessions, dialect } = options;
  const logout: Handle = ({ sid }) => {
    sessions.end(sid);
    return done();
  };
  const served = new Map<string, ServedRequest>([
    ['logout', { access: 'read', handle: logout, tracked: true }],
    ['result-list', { access: 'read', handle: resultList(results, dialect), tracked: false }],
    ['result-retrieve', { access: 'read', handle: resultRetrieve(results), tracked: true }],
    ['result-delete', { access: 'modify', handle: resultDelete(results), tracked: true }],
    ['query-profile', { access: 'read', handle: queryProfile, tracked: true }],
  ]);
  for (const request of ASYNCHRONOUS_REQUESTS) {
    const { name, access, aliases = [] } = request;
    const handle = queueRequest(request, options);
    for (const word of [name, ...aliases]) served.set(word, { access, handle, tracked: true });
  }
  return served;
}
