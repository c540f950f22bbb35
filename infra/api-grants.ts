import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { ActionFacts } from './actions.ts';
import { allow } from './allow.ts';
import type { SecretArns } from './credentials-stack.ts';
import { DmapiGrants } from './dmapi-grants.ts';
import type { Settings } from './settings.ts';

/** What the functions of actions are granted a part of. */
export interface Grantable {
  readonly secretArns: SecretArns;
  readonly sessions: Table;
  readonly orders: Table;
  readonly zones: Table;
  /** The function that is woken when something has been ordered. */
  readonly reconciler: IFunction;
  readonly settings: Settings;
}

/** A class of grants: its id, the secret that it reads, and what it may do beside what all may. */
type Class = readonly [id: string, secretArn: string, ...more: PolicyStatement[]];

/**
 * The grants of an action, which follow from what it does: to the account, with orders, and with
 * zones. A class is made for the first action that is of it, so that none is there for nobody.
 */
export function actionGrants(
  scope: Construct,
  grantable: Grantable,
): (action: ActionFacts) => DmapiGrants {
  const { sessions, settings } = grantable;
  const made = new Map<string, DmapiGrants>();
  return (action) => {
    const [id, secretArn, ...more] = classOf(action, grantable);
    const grants =
      made.get(id) ?? new DmapiGrants(scope, id, { secretArn, sessions, settings, more });
    made.set(id, grants);
    return grants;
  };
}

function classOf(
  { access, isQueued, looksUpOrders, zoneTable }: ActionFacts,
  { secretArns: { secret, readOnlySecret }, orders, zones, reconciler }: Grantable,
): Class {
  if (isQueued) {
    const keeping = onTable(orders, 'GetItem', 'PutItem', 'DeleteItem', 'Query');
    const waking = allow(['lambda:InvokeFunction'], reconciler.functionArn);
    return ['Ordering', secret, keeping, waking];
  }
  if (looksUpOrders) return ['LookingUpOrders', readOnlySecret, onTable(orders, 'Query')];
  if (zoneTable === 'read') {
    return ['ReadingZones', readOnlySecret, onTable(zones, 'GetItem', 'Query')];
  }
  if (zoneTable === 'write') {
    const writing = ['PutItem', 'UpdateItem', 'DeleteItem'];
    return ['WritingZones', secret, onTable(zones, 'GetItem', 'Query', ...writing)];
  }
  return access === 'read' ? ['Reading', readOnlySecret] : ['Changing', secret];
}

function onTable(table: Table, ...actions: string[]): PolicyStatement {
  return allow(
    actions.map((action) => `dynamodb:${action}`),
    table.tableArn,
  );
}
