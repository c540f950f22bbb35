import {
  type AwsStandIns,
  serviceVariables,
  startAwsStandIns,
} from '../../infra/local/aws-stand-ins.ts';
import { SIMULATED_API_KEY } from '../../infra/local/registrar/credentials.ts';
import { LEDGER, ORDERS, SESSIONS, ZONES } from '../tables.ts';

/** The AWS services on loopback, with all that the stacks would create there. */
export interface Services extends AwsStandIns {
  /** What a function needs in its environment to use them and the registrar. */
  readonly env: Readonly<Record<string, string>>;
}

/** Starts them for functions that talk to the registrar at `dmapiUrl`. */
export async function startServices(dmapiUrl: string): Promise<Services> {
  const standIns = await startAwsStandIns(Date.now);
  standIns.secretsManager.put('secret', JSON.stringify({ apiKey: SIMULATED_API_KEY }));
  standIns.eventBridge.createBus('bus');
  await Promise.all([LEDGER, ORDERS, SESSIONS, ZONES].map(standIns.dynamoDb.createTable));
  return {
    ...standIns,
    env: {
      ...serviceVariables(standIns),
      DMAPI_URL: dmapiUrl,
      DMAPI_SECRET_ID: 'secret',
      SESSION_TABLE: SESSIONS.TableName,
      LEDGER_TABLE: LEDGER.TableName,
      ORDERS_TABLE: ORDERS.TableName,
      ZONES_TABLE: ZONES.TableName,
      RECONCILER_FUNCTION: 'reconcile-results',
      EVENT_BUS: 'bus',
    },
  };
}
