import { describe, expect, test } from '@jest/globals';
import { readOrderSettings, readReconcilerSettings, readSettings } from '../../shared/settings.ts';

const ENVIRONMENT = {
  DMAPI_URL: 'https://dmapi.joker.com',
  DMAPI_SECRET_ID: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:test',
  SESSION_TABLE: 'sessions',
  LEDGER_TABLE: 'ledger',
  ORDERS_TABLE: 'orders',
  RECONCILER_FUNCTION: 'reconcile-results',
  EVENT_BUS: 'results',
  PUBLISH_HISTORY: 'false',
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

  test.each(['LEDGER_TABLE', 'ORDERS_TABLE', 'EVENT_BUS', 'PUBLISH_HISTORY'])(
    'as %s is told to be missing',
    (name) => {
      expect(() => readReconcilerSettings({ ...ENVIRONMENT, [name]: nothing })).toThrow(
        `The environment variable ${name} is missing.`,
      );
    },
  );
});
