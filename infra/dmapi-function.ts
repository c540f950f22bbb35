import type { Construct } from 'constructs';
import { BundledFunction, type BundledFunctionProps } from './bundled-function.ts';
import type { DmapiGrants } from './dmapi-grants.ts';

export interface DmapiFunctionProps extends BundledFunctionProps {
  readonly grants: DmapiGrants;
}

/** A function that talks to DMAPI: it is told of the registrar, its secret and the sessions. */
export class DmapiFunction extends BundledFunction {
  /** @param name of the file in `functions/`, without extension */
  constructor(scope: Construct, name: string, props: DmapiFunctionProps) {
    const { grants, settings } = props;
    const environment = {
      ...props.environment,
      DMAPI_URL: settings.dmapiUrl,
      DMAPI_SECRET_ID: grants.secretArn,
      SESSION_TABLE: grants.sessions.tableName,
    };
    super(scope, name, { ...props, environment });
  }
}
