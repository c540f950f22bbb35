import { DOMAIN } from '../requests/parameter-kinds.ts';
import type { QueuedRequest } from '../requests/request.ts';
import { aboutOwnedDomain } from './owned-domain.ts';

function lockRequest(name: string, isLocked: boolean): QueuedRequest {
  return {
    name,
    access: 'modify',
    object: 'domain',
    required: { domain: DOMAIN },
    plan: aboutOwnedDomain(({ domain }) => ({
      carryOut: () => {
        domain.isLocked = isLocked;
      },
    })),
  };
}

/** Sets the transfer lock. */
export const domainLock = lockRequest('domain-lock', true);

/** Lifts it. */
export const domainUnlock = lockRequest('domain-unlock', false);
