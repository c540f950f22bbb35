import type { Action } from '../../../shared/action.ts';
import { deadlineIn } from '../../../shared/dmapi/deadline.ts';
import { type ApiEvent, readInput } from '../../../shared/http/api-event.ts';
import type { Session, SessionRequest } from '../../../shared/session/session.ts';
import { replyOf } from '../../wire.ts';

/** Performs an action for this event where the registrar answers with this text. */
export async function perform<Input, Output>(
  action: Action<Input, Output>,
  event: ApiEvent,
  text: string,
) {
  const sent: SessionRequest[] = [];
  let logins = 0;
  let logouts = 0;
  const session: Session = {
    async send(request) {
      sent.push(request);
      return replyOf(text);
    },
    async login() {
      logins++;
      return replyOf(text);
    },
    async logout() {
      logouts++;
    },
    account: async () => '1000001',
    permits: async () => true,
  };
  const output = await action.run(session, readInput(action, event), deadlineIn(5000), {
    caller: 'anyone',
    orders: () => Promise.reject(new Error('There are none here.')),
  });
  return { output, sent, logins, logouts };
}
