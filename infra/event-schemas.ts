import { CfnRegistry, CfnSchema } from 'aws-cdk-lib/aws-eventschemas';
import type { Construct } from 'constructs';
import * as z from 'zod/mini';
import {
  DETAIL_TYPES,
  EVENT_SOURCE,
  resultEventDetail,
  type ToldStatus,
} from '../shared/reconciler/result-event.ts';

/**
 * Registers a schema for each kind of event, where consumers find it and have types generated from
 * it. All come from the definition that types the events, so that they cannot disagree with it.
 */
export function addEventSchemas(scope: Construct, registryName: string): void {
  const registry = new CfnRegistry(scope, 'Schemas', {
    registryName,
    description: "The events that tell what became of requests to Joker.com's DMAPI",
  });
  for (const status of Object.keys(DETAIL_TYPES) as ToldStatus[]) {
    const title = DETAIL_TYPES[status].replaceAll(' ', '');
    new CfnSchema(scope, title, {
      registryName: registry.attrRegistryName,
      schemaName: `${EVENT_SOURCE}@${title}`,
      // The type of AWS's own schemas, and what EventBridge generates code from.
      type: 'OpenApi3',
      description: `The event "${DETAIL_TYPES[status]}". Delivered at least once: drop repeats by detail.id.`,
      content: JSON.stringify(eventSchema(status, title)),
    });
  }
}

/** The whole event as a target gets it, in the form of the schemas that AWS has for its own events. */
function eventSchema(status: ToldStatus, title: string) {
  const detail = detailSchema(status);
  return {
    openapi: '3.0.0',
    info: { version: '1.0.0', title },
    paths: {},
    components: {
      schemas: {
        AWSEvent: envelope(DETAIL_TYPES[status], title),
        // As in AWS's schemas, each object is one of its own, which gives its type a name.
        [title]: { ...detail, properties: { ...detail.properties, result: reference('Result') } },
        Result: detail.properties?.result,
      },
    },
  };
}

/** Open to further properties, because EventBridge adds some: `replay-name` to what is replayed. */
function envelope(detailType: string, title: string) {
  const text = { type: 'string' };
  const properties = {
    version: text,
    id: text,
    'detail-type': text,
    source: text,
    account: text,
    time: { type: 'string', format: 'date-time' },
    region: text,
    resources: { type: 'array', items: text },
    detail: reference(title),
  };
  return {
    type: 'object',
    required: Object.keys(properties),
    'x-amazon-events-detail-type': detailType,
    'x-amazon-events-source': EVENT_SOURCE,
    properties,
  };
}

function detailSchema(status: ToldStatus) {
  const result = z.extend(resultEventDetail.shape.result, { status: z.literal(status) });
  return z.toJSONSchema(z.extend(resultEventDetail, { result }), {
    target: 'openapi-3.0',
    override: ({ jsonSchema }) => {
      // A constant is typed as any number, which a code generator would make a float.
      if (jsonSchema.enum?.every(Number.isInteger)) jsonSchema.type = 'integer';
      // What an integer cannot pass in JavaScript anyway; in other languages it is an `int`.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      // The format says the same in a word.
      if (jsonSchema.format) delete jsonSchema.pattern;
      // OpenAPI 3.0: null is allowed by an enum only if it is one of its values.
      if (jsonSchema.nullable && jsonSchema.enum) jsonSchema.enum = [...jsonSchema.enum, null];
    },
  });
}

function reference(schema: string) {
  return { $ref: `#/components/schemas/${schema}` };
}
