import type { Account } from '../account/account.ts';
import { listReply } from '../requests/list-reply.ts';
import { done, missing, type Outcome, refused, unknown } from '../requests/outcome.ts';
import { DOMAIN, oneOf } from '../requests/parameter-kinds.ts';
import { nameIn } from '../requests/parameters.ts';
import type { Asked, ImmediateRequest } from '../requests/request.ts';
import { stateOf, type Transfer, waitsForOwner } from './transfer.ts';

/** Lists transfers on their way in, shows one, has its mail sent again, or cancels it. */
export const domainTransferControl: ImmediateRequest = {
  name: 'domain-transfer-control',
  access: (params) =>
    ['resend-foa', 'cancel'].includes(params.get('action') ?? '') ? 'modify' : 'read',
  tracked: false,
  required: { action: oneOf('list', 'show', 'resend-foa', 'cancel') },
  optional: { domain: DOMAIN },
  answer: (asked) => {
    const { params, account, atMs } = asked;
    const action = params.get('action');
    if (action === 'list') return transferRows([...account.transfers.values()], atMs);
    const name = nameIn(params, 'domain');
    if (!name) return missing(['domain']);
    const transfer = account.transfers.get(name);
    if (!transfer) return unknown(`Transfer of ${name}`);
    if (action === 'show') return transferRows([transfer], atMs);
    return action === 'cancel' ? cancel(account, transfer) : resend(asked, transfer);
  },
};

function transferRows(transfers: readonly Transfer[], atMs: number): Outcome {
  const rows = transfers.map((transfer) => [
    transfer.domain,
    stateOf(transfer, atMs),
    transfer.ownerEmail,
    transfer.adminEmail,
  ]);
  const columns = ['domain', 'state', 'owner-email', 'admin-email'];
  return listReply(rows, { columns, separator: 'tab' });
}

/** What a request began ends with that request's result. */
function cancel(account: Account, transfer: Transfer): Outcome {
  if (transfer.isCancelled) return refused(2304, ['The transfer has been cancelled already']);
  if (transfer.svTrId === null) account.transfers.delete(transfer.domain);
  transfer.isCancelled = true;
  return done();
}

function resend({ atMs }: Asked, transfer: Transfer): Outcome {
  return waitsForOwner(stateOf(transfer, atMs))
    ? done()
    : refused(2304, ['The transfer does not wait for its owner']);
}
