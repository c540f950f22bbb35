import { type App, CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { EVENT_SOURCE } from '../shared/reconciler/result-event.ts';
import { accountTable } from './account-table.ts';
import { bundleName } from './bundle-name.ts';
import { addEventSchemas } from './event-schemas.ts';
import { onlyWhereSchemasAre } from './schemas-available.ts';
import type { Settings } from './settings.ts';

export interface EventsStackProps extends StackProps {
  readonly settings: Settings;
}

/**
 * The bus that consumers attach their rules to, what its events look like, and the ledger of what
 * was told. All that keeps state is retained when the stack goes.
 */
export class EventsStack extends Stack {
  readonly bus: EventBus;
  /** What is known of each account and result. Keys and attributes are the reconciler's business. */
  readonly ledger: Table;

  constructor(scope: App, id: string, props: EventsStackProps) {
    super(scope, id, props);
    const name = bundleName(props.settings);
    this.bus = this.eventBus(name);
    this.ledger = accountTable(this, 'Ledger');
    if (props.settings.eventSchemas) {
      addEventSchemas(this, name);
      onlyWhereSchemasAre(this);
    }
    new CfnOutput(this, 'EventBusName', {
      value: this.bus.eventBusName,
      description: 'Attach rules to this bus',
    });
    new CfnOutput(this, 'EventBusArn', {
      value: this.bus.eventBusArn,
      description: 'For rules and policies that name the bus by ARN',
    });
  }

  /**
   * The bus and its archive, named so that consumers can know the names in advance.
   *
   * Both stay when the stack goes: the bus because consumers' rules hang on it, and an archive needs
   * its bus. A stack created again would find the names taken; `cdk import` adopts what is there. If
   * the very first creation fails, they are removed, so that it can simply be repeated.
   */
  private eventBus(name: string): EventBus {
    const bus = new EventBus(this, 'Bus', {
      eventBusName: name,
      description: "Tells what became of requests to Joker.com's DMAPI",
    });
    const archive = bus.archive('Archive', {
      archiveName: name,
      description: 'For replays, as long as the registrar keeps results',
      eventPattern: { source: [EVENT_SOURCE] },
      retention: Duration.days(90),
    });
    for (const resource of [bus, archive]) {
      resource.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    }
    return bus;
  }
}
