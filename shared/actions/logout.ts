import * as z from 'zod/mini';
import { defineAction } from '../action.ts';

export const reply = () => z.void();

export const example = () => ({ input: {}, reply: undefined });

export const action = defineAction({
  name: 'logout',
  group: 'account',
  method: 'POST',
  access: 'read',
  summary: 'Ends the session at the registrar. Does nothing where there is none.',
  input: z.strictObject({}),
  async run(session, _input, deadline) {
    await session.logout(deadline);
    return undefined;
  },
});
