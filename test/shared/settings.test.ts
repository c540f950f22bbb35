import { describe, expect, test } from '@jest/globals';
import { readReconcilerSettings, readSettings } from '../../shared/settings.ts';

const ENVIRONMENT = {
  DMAPI_URL: 'https://dmapi.joker.com',
  DMAPI_SECRET_ID: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:test',
  SESSION_TABLE: 'sessions',
  LEDGER_TABLE: 'ledger',
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
  test('is told of its table and its bus beside', () => {
    expect(readReconcilerSettings(ENVIRONMENT)).toEqual({
      tableName: 'ledger',
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

describe.each(['', undefined])('%j', (nothing) => {
  test.each(['DMAPI_URL', 'DMAPI_SECRET_ID', 'SESSION_TABLE'])(
    'as %s is told to be missing',
    (name) => {
      expect(() => readSettings({ ...ENVIRONMENT, [name]: nothing })).toThrow(
        `The environment variable ${name} is missing.`,
      );
    },
  );

  test.each(['LEDGER_TABLE', 'EVENT_BUS', 'PUBLISH_HISTORY'])(
    'as %s is told to be missing',
    (name) => {
      expect(() => readReconcilerSettings({ ...ENVIRONMENT, [name]: nothing })).toThrow(
        `The environment variable ${name} is missing.`,
      );
    },
  );
});
