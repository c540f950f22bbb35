import { describe, expect, test } from '@jest/globals';
import {
  readAcmeLoginSettings,
  readAcmeSettings,
  readOrderSettings,
  readReconcilerSettings,
  readSettings,
  readZoneSettings,
} from '../../shared/settings.ts';

const ENVIRONMENT = {
  DMAPI_URL: 'https://dmapi.joker.com',
  DMAPI_SECRET_ID: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:test',
  SESSION_TABLE: 'sessions',
  LEDGER_TABLE: 'ledger',
  ORDERS_TABLE: 'orders',
  RECONCILER_FUNCTION: 'reconcile-results',
  EVENT_BUS: 'results',
  PUBLISH_HISTORY: 'false',
  ZONES_TABLE: 'zones',
  ACME_ZONES: 'example.com,xn--bcher-kva.example',
  ACME_SECRET_ID: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:acme',
};

test('every function is told of the registrar, its secret and the table of sessions', () => {
  const { endpoint, secretId, sessionTable } = readSettings(ENVIRONMENT);
  expect(endpoint.origin).toBe('https://dmapi.joker.com');
  expect(secretId).toBe(ENVIRONMENT.DMAPI_SECRET_ID);
  expect(sessionTable).toBe('sessions');
});

describe('the reconciler', () => {
  test('is told of its tables and its bus beside', () => {
    expect(readReconcilerSettings(ENVIRONMENT)).toEqual({
      tableName: 'ledger',
      ordersTable: 'orders',
      busName: 'results',
      publishHistory: false,
    });
  });

  test.each([
    ['true', true],
    ['false', false],
    ['yes', false],
    ['TRUE', false],
  ])('tells history with PUBLISH_HISTORY=%s: %j', (PUBLISH_HISTORY, publishHistory) => {
    const settings = readReconcilerSettings({ ...ENVIRONMENT, PUBLISH_HISTORY });
    expect(settings.publishHistory).toBe(publishHistory);
  });
});

describe('what places orders', () => {
  test('is told of their table and of whom to wake', () => {
    expect(readOrderSettings(ENVIRONMENT)).toEqual({
      tableName: 'orders',
      reconciler: 'reconcile-results',
      maxOrderPrice: undefined,
    });
  });

  test.each([
    ['50.00', '50.00'],
    ['', undefined],
  ])('with MAX_ORDER_PRICE=%j has the ceiling %j', (MAX_ORDER_PRICE, maxOrderPrice) => {
    const settings = readOrderSettings({ ...ENVIRONMENT, MAX_ORDER_PRICE });
    expect(settings.maxOrderPrice).toBe(maxOrderPrice);
  });
});

test('what deals with zones is told of their table', () => {
  expect(readZoneSettings(ENVIRONMENT)).toEqual({ tableName: 'zones' });
});

test('what ACME clients call is told of the zones that are open to them', () => {
  expect(readAcmeSettings(ENVIRONMENT)).toEqual({
    zones: ['example.com', 'xn--bcher-kva.example'],
  });
  expect(readAcmeSettings({ ACME_ZONES: 'example.com' })).toEqual({ zones: ['example.com'] });
});

test('what looks at their logins is told of the secret', () => {
  expect(readAcmeLoginSettings(ENVIRONMENT)).toEqual({ secretId: ENVIRONMENT.ACME_SECRET_ID });
});

describe.each(['', undefined])('%j', (nothing) => {
  test.each(['DMAPI_URL', 'DMAPI_SECRET_ID', 'SESSION_TABLE'])(
    'as %s is told to be missing',
    (name) => {
      expect(() => readSettings({ ...ENVIRONMENT, [name]: nothing })).toThrow(
        `The environment variable ${name} is missing.`,
      );
    },
  );

  test.each(['ORDERS_TABLE', 'RECONCILER_FUNCTION'])('as %s is told to be missing', (name) => {
    expect(() => readOrderSettings({ ...ENVIRONMENT, [name]: nothing })).toThrow(
      `The environment variable ${name} is missing.`,
    );
  });

  test.each([
    ['ZONES_TABLE', readZoneSettings],
    ['ACME_ZONES', readAcmeSettings],
    ['ACME_SECRET_ID', readAcmeLoginSettings],
  ] as const)('as %s is told to be missing', (name, read) => {
    expect(() => read({ ...ENVIRONMENT, [name]: nothing })).toThrow(
      `The environment variable ${name} is missing.`,
    );
  });

  test.each(['LEDGER_TABLE', 'ORDERS_TABLE', 'EVENT_BUS', 'PUBLISH_HISTORY'])(
    'as %s is told to be missing',
    (name) => {
      expect(() => readReconcilerSettings({ ...ENVIRONMENT, [name]: nothing })).toThrow(
        `The environment variable ${name} is missing.`,
      );
    },
  );
});
