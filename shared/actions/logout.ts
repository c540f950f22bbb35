import * as z from 'zod/mini';
import { defineAction } from '../action.ts';

export const action = defineAction({
  name: 'logout',
  method: 'POST',
  access: 'read',
  summary: 'Ends the session at the registrar. Does nothing where there is none.',
  input: z.strictObject({}),
  async run(session, _input, deadline) {
    await session.logout(deadline);
    return undefined;
  },
});
