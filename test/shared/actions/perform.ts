import { expect } from '@jest/globals';
import type { Action, Tagged } from '../../../shared/action.ts';
import { parseReply } from '../../../shared/dmapi/parse-reply.ts';
import type { Reply } from '../../../shared/dmapi/reply.ts';
import { judge } from '../../../shared/dmapi/verdict.ts';
import { type ApiEvent, readInput } from '../../../shared/http/api-event.ts';
import type { Session, SessionRequest } from '../../../shared/session/session.ts';
import { plainZones } from '../../plain-zones.ts';
import { farAway } from '../../time.ts';
import { bytes } from '../../wire.ts';

/**
 * Performs an action for this event where the registrar answers with this text. What it comes to is
 * always what the definition says of its reply.
 */
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
      return judged(text);
    },
    async login() {
      logins++;
      return judged(text);
    },
    async logout() {
      logouts++;
    },
    account: async () => '1000001',
    permits: async () => true,
  };
  const output = await action.run(session, readInput(action, event), farAway(), {
    caller: 'anyone',
    orders: () => Promise.reject(new Error('There are none here.')),
    zones: plainZones(session),
  });
  const { reply } = await import(`../../../shared/actions/${action.name}.ts`);
  const told = action.isTagged ? (output as Tagged<unknown>).body : output;
  expect(reply().safeParse(told).error?.issues).toBeUndefined();
  return { output, sent, logins, logouts };
}

/** As the client passes a reply on. @throws DmapiError */
function judged(text: string): Reply {
  const answer = { httpStatus: 200, bytes: bytes(text), retryAfterSeconds: undefined };
  return judge(answer, () => parseReply(answer.bytes));
}
