import type { Deadline } from '../shared/dmapi/deadline.ts';
import type { Login } from '../shared/session/login.ts';
import { type SessionSource, toSession } from '../shared/session/session-source.ts';

/** Sessions of one execution environment alone: every one is by a login. */
export function ownSessions(logIn: (deadline: Deadline) => Promise<Login>): SessionSource {
  return {
    open: async (deadline) => toSession(await logIn(deadline)),
    async logIn(deadline) {
      const login = await logIn(deadline);
      return { session: toSession(login), reply: login.reply };
    },
    find: async () => undefined,
    prolong: async () => {},
    forget: async () => {},
  };
}
