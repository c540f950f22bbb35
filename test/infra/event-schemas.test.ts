import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import {
  DETAIL_TYPES,
  EVENT_SOURCE,
  resultEventDetail,
  type ToldStatus,
  toResultEvent,
} from '../../shared/reconciler/result-event.ts';
import { mismatches } from './open-api.ts';
import { only, type Properties, resources, synthesise } from './synthesised.ts';

const SCHEMA = 'AWS::EventSchemas::Schema';
const STATUSES = Object.keys(DETAIL_TYPES) as ToldStatus[];

let template: Template;
beforeAll(async () => {
  ({ events: template } = await synthesise({ stage: 'prod' }));
});

/** An event as EventBridge hands it to a target. */
function delivered(status: ToldStatus) {
  const result = {
    timestamp: '2026-11-23T20:10:02',
    svTrId: '01dd7b8f013764167ed0e21db8e4e555',
    procId: '104000007',
    requestType: 'domain-register',
    requestObject: 'first-steps.example',
    status,
    clTrId: null,
  };
  const { detailType, resources, detail } = toResultEvent(
    { result, previousStatus: null, sequence: 1 },
    '123456',
    Date.UTC(2026, 10, 23, 20, 11),
  );
  return {
    version: '0',
    id: 'a1b2c3d4-0000-4000-8000-000000000000',
    'detail-type': detailType,
    source: EVENT_SOURCE,
    account: '123456789012',
    time: '2026-11-23T20:11:00Z',
    region: 'eu-central-1',
    resources,
    detail,
  };
}

/** The document that is registered for a kind of event. */
function registered(status: ToldStatus): Properties {
  const name = `${EVENT_SOURCE}@${DETAIL_TYPES[status].replace(' ', '')}`;
  const schema = Object.values(resources(template, SCHEMA)).find((s) => s.SchemaName === name);
  return JSON.parse(schema?.Content ?? '{}');
}

function wrong(status: ToldStatus, event: unknown): string[] {
  const document = registered(status);
  return mismatches(document, document.components.schemas.AWSEvent, event);
}

test('the registry has a name that consumers can know, and a schema for each kind of event', () => {
  const [registry] = Object.keys(resources(template, 'AWS::EventSchemas::Registry'));
  expect(only(template, 'AWS::EventSchemas::Registry').RegistryName).toBe('joker-dmapi-prod');
  const schemas = Object.values(resources(template, SCHEMA));
  expect(schemas.map(({ SchemaName }) => SchemaName).sort()).toEqual([
    'joker.dmapi@ResultAcknowledged',
    'joker.dmapi@ResultPending',
    'joker.dmapi@ResultRefused',
  ]);
  for (const { RegistryName, Type } of schemas) {
    expect(RegistryName).toEqual({ 'Fn::GetAtt': [registry, 'RegistryName'] });
    expect(Type).toBe('OpenApi3');
  }
});

describe.each(STATUSES)('the schema of the event for %s', (status) => {
  test('is a document in the form of the schemas of AWS', () => {
    const { openapi, info, paths, components } = registered(status);
    const title = DETAIL_TYPES[status].replace(' ', '');
    expect({ openapi, info, paths }).toEqual({
      openapi: '3.0.0',
      info: { version: '1.0.0', title },
      paths: {},
    });
    expect(components.schemas.AWSEvent).toMatchObject({
      'x-amazon-events-source': 'joker.dmapi',
      'x-amazon-events-detail-type': DETAIL_TYPES[status],
      properties: { detail: { $ref: `#/components/schemas/${title}` } },
    });
  });

  test('has whole numbers where only these occur', () => {
    const { [DETAIL_TYPES[status].replace(' ', '')]: detail } =
      registered(status).components.schemas;
    expect(detail.properties).toMatchObject({
      version: { type: 'integer', enum: [1] },
      sequence: { type: 'integer', minimum: 1 },
    });
    expect(JSON.stringify(registered(status))).not.toContain('"number"');
  });

  test('describes the event as it is delivered', () => {
    expect(wrong(status, delivered(status))).toEqual([]);
  });

  test('describes what is replayed, too', () => {
    expect(wrong(status, { ...delivered(status), 'replay-name': 'again' })).toEqual([]);
  });

  test('asks for the whole envelope', () => {
    const keys = Object.keys(delivered(status));
    expect(wrong(status, {}).sort()).toEqual(keys.map((key) => `/${key}`).sort());
  });

  test('describes no other status', () => {
    for (const other of STATUSES.filter((each) => each !== status)) {
      expect(wrong(status, delivered(other))).toEqual(['/detail/result/status']);
    }
  });

  test.each<[string, string[], (detail: Properties) => Properties]>([
    ['nothing new', [], (detail) => detail],
    ['a status before', [], (detail) => ({ ...detail, previousStatus: 'unknown' })],
    ['an id of the caller', [], (d) => ({ ...d, result: { ...d.result, clTrId: 'mine' } })],
    ['an extra key', ['content'], (detail) => ({ ...detail, content: 'x' })],
    ['an extra key of the result', ['result/x'], (d) => ({ ...d, result: { ...d.result, x: 1 } })],
    ['a missing key', ['account'], ({ account, ...detail }) => detail],
    ['another version', ['version'], (detail) => ({ ...detail, version: 2 })],
    ['no object', [], (d) => ({ ...d, result: { ...d.result, requestObject: null } })],
    ['a later transition', [], (detail) => ({ ...detail, sequence: 7 })],
    ['a transition before the first', ['sequence'], (detail) => ({ ...detail, sequence: 0 })],
    ['half a transition', ['sequence'], (detail) => ({ ...detail, sequence: 1.5 })],
    ['no number of the transition', ['sequence'], ({ sequence, ...detail }) => detail],
    ['an id that is none', ['id'], (detail) => ({ ...detail, id: '7' })],
    ['an unheard-of status before', ['previousStatus'], (d) => ({ ...d, previousStatus: 'new' })],
    ['a time that is none', ['observedAt'], (detail) => ({ ...detail, observedAt: 'now' })],
    ['null for text', ['account'], (detail) => ({ ...detail, account: null })],
  ])('agrees with the definition on %s', (_what, paths, change) => {
    const event = delivered(status);
    const detail = change(event.detail);
    expect(wrong(status, { ...event, detail })).toEqual(paths.map((path) => `/detail/${path}`));
    expect(resultEventDetail.safeParse(detail).success).toBe(paths.length === 0);
  });
});
