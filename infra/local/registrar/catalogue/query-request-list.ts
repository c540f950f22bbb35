import { mayCall } from '../account/access.ts';
import { listReply } from '../requests/list-reply.ts';
import { accessOf, type ImmediateRequest } from '../requests/request.ts';

/**
 * Undocumented: the requests that this session may send, one a line. The registrar's own panel
 * sends nothing that is not listed.
 */
export function queryRequestList(served: ReadonlyMap<string, ImmediateRequest>): ImmediateRequest {
  return {
    name: 'query-request-list',
    access: 'read',
    tracked: false,
    answer: ({ userAccess }) => {
      const names = [...served]
        .filter(([name]) => !name.startsWith('/'))
        .filter(([, request]) => mayCall(userAccess, accessOf(request, new Map())))
        .map(([name]) => name);
      return listReply([...names, 'login'].sort().map((name) => [name]));
    },
  };
}
