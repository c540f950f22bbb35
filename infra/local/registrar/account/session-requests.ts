import { keyValueLines } from '../requests/key-values.ts';
import { done } from '../requests/outcome.ts';
import type { ImmediateRequest } from '../requests/request.ts';
import type { Sessions } from './sessions.ts';

/** Ends the session it comes with. */
export function logout(sessions: Sessions): ImmediateRequest {
  return {
    name: 'logout',
    access: 'read',
    answer: ({ sid }) => {
      sessions.end(sid);
      return done();
    },
  };
}

/** Undocumented. One program asks before it logs in, so it needs no session (open). */
export const version: ImmediateRequest = {
  name: 'version',
  access: 'read',
  isOpen: true,
  answer: () => done(keyValueLines([['Version', '1.2.53']])),
};
