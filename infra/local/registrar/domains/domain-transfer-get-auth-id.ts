import { DOMAIN } from '../requests/parameter-kinds.ts';
import type { QueuedRequest } from '../requests/request.ts';
import { authIdText } from './auth-id.ts';
import { aboutOwnedDomain } from './owned-domain.ts';

/** Makes a code that lets the domain go; the one before is void. Only its result tells it. */
export const domainTransferGetAuthId: QueuedRequest = {
  name: 'domain-transfer-get-auth-id',
  access: 'modify',
  object: 'domain',
  required: { domain: DOMAIN },
  plan: aboutOwnedDomain(({ account, domain }) => ({
    carryOut: () => {
      domain.authId = `sim-${account.makeSecret()}`;
    },
    text: () => authIdText(domain.authId ?? ''),
  })),
};
