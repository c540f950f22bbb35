import { domainToUnicode } from 'node:url';
import { tldOf } from '../catalogue/tlds.ts';
import type { Dialect } from '../dialect.ts';
import type { Result } from '../result.ts';

/** A result as its row tells it: by dialect the list has other words for it than the request had. */
export function listedResult(result: Result, dialect: Dialect): Result {
  const { requestTypes, objects, listsClTrId } = dialect;
  if (requestTypes === 'requests' && objects === 'ascii' && listsClTrId) return result;
  return {
    ...result,
    requestType: requestTypes === 'orders' ? orderType(result) : result.requestType,
    requestObject:
      objects === 'unicode' ? domainToUnicode(result.requestObject) : result.requestObject,
    clTrId: listsClTrId ? result.clTrId : '-',
  };
}

/** Orders on the registrar's pages are listed as `create-<tld>-order`. */
function orderType({ requestType, requestObject }: Result): string {
  if (requestType !== 'domain-register') return requestType;
  return `create-${tldOf(requestObject) ?? requestObject.split('.').at(-1)}-order`;
}
