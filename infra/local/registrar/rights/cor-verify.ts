import { ANYTHING, oneOf } from '../requests/parameter-kinds.ts';
import type { ImmediateRequest } from '../requests/request.ts';
import { verdict } from './verdict.ts';

/** Approves or refuses a new owner; either ends the change. */
export const corVerify: ImmediateRequest = {
  name: 'cor-verify',
  access: 'modify',
  required: { key: ANYTHING, answer: oneOf('yes', 'no') },
  answer: ({ params, account, atMs }) => {
    const { registrantChanges: changes, domains } = account;
    const index = changes.findIndex(({ key }) => key === params.get('key'));
    const [change] = index < 0 ? [] : changes.splice(index, 1);
    if (!change) return verdict('The key is unknown');
    const domain = domains.get(change.domain);
    if (domain && params.get('answer') === 'yes') {
      domain.owner = change.owner;
      domain.ownerContact = null;
      domain.modifiedAtMs = atMs;
    }
    return verdict(null);
  },
};
