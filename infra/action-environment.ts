import type { ActionFacts } from './actions.ts';
import type { Grantable } from './api-grants.ts';
import { NONE } from './settings.ts';

type Environment = Readonly<Record<string, string>>;

/** What the function of an action is told beside what all are: of the tables that it may use. */
export function actionEnvironment(action: ActionFacts, grantable: Grantable): Environment {
  return {
    ...((action.isQueued || action.looksUpOrders) && ofOrders(grantable)),
    ...(action.zoneTable && { ZONES_TABLE: grantable.zones.tableName }),
    ...(action.door === 'acme' && { ACME_ZONES: grantable.settings.acmeZones.join(',') }),
  };
}

function ofOrders({ orders, reconciler, settings }: Grantable): Environment {
  const { maxOrderPrice } = settings;
  return {
    ORDERS_TABLE: orders.tableName,
    RECONCILER_FUNCTION: reconciler.functionName,
    ...(maxOrderPrice !== NONE && { MAX_ORDER_PRICE: maxOrderPrice }),
  };
}
