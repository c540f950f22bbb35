import { describe, expect, test } from '@jest/globals';
import { SettingError } from '../../infra/setting-error.ts';
import { readSettings } from '../../infra/settings.ts';

const ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:dmapi/live-Ab12Cd';
const READ_ONLY_ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:dmapi/read-Ef34Gh';
const TOPIC_ARN = 'arn:aws:sns:eu-central-1:123456789012:operators';

function refusal(context: Record<string, unknown>): string {
  try {
    readSettings(context);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingError);
    return (error as Error).message;
  }
  throw new Error(`accepted: ${JSON.stringify(context)}`);
}

describe('settings', () => {
  test('have defaults', () => {
    expect(readSettings({})).toEqual({
      stage: 'dev',
      dmapiUrl: 'https://dmapi.joker.com',
      secretArn: 'create',
      readOnlySecretArn: 'none',
      actions: [
        'account',
        'domains',
        'contacts',
        'hosts',
        'zones',
        'rights',
        'verification',
        'catalogue',
      ],
      throttleRate: 20,
      throttleBurst: 40,
      meteredCallers: [],
      meteredRate: 5,
      meteredBurst: 10,
      meteredQuotaPerDay: 10_000,
      maxOrderPrice: 'none',
      acmeZones: [],
      reconcileMinutes: 1,
      publishHistory: false,
      eventSchemas: true,
      alarmTopicArn: 'none',
      logRetentionDays: 90,
    });
  });

  test('are strings on the command line and typed in cdk.json', () => {
    const expected = {
      throttleRate: 7,
      logRetentionDays: 365,
      meteredCallers: ['billing', 'ops'],
      reconcileMinutes: 60,
      publishHistory: true,
    };
    const onCommandLine = {
      throttleRate: '7',
      logRetentionDays: '365',
      meteredCallers: 'billing, ops',
      reconcileMinutes: '60',
      publishHistory: 'true',
    };
    expect(readSettings(onCommandLine)).toMatchObject(expected);
    expect(readSettings(expected)).toMatchObject(expected);
    expect(readSettings({ actions: 'domains, hosts' }).actions).toEqual(['domains', 'hosts']);
    expect(readSettings({ meteredCallers: '' }).meteredCallers).toEqual([]);
    expect(readSettings({ publishHistory: 'false' }).publishHistory).toBe(false);
  });

  test.each([
    ['live', 'https://dmapi.joker.com'],
    ['ote', 'https://dmapi.ote.joker.com'],
    ['https://dmapi.example.com/request/', 'https://dmapi.example.com/request/'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['http://localhost', 'http://localhost'],
  ])('dmapiUrl %s is %s', (value, url) => {
    expect(readSettings({ dmapiUrl: value }).dmapiUrl).toBe(url);
  });

  test('take secrets of your own, or have them made', () => {
    expect(readSettings({ secretArn: ARN, readOnlySecretArn: READ_ONLY_ARN })).toMatchObject({
      secretArn: ARN,
      readOnlySecretArn: READ_ONLY_ARN,
    });
    expect(readSettings({ readOnlySecretArn: 'create' }).readOnlySecretArn).toBe('create');
  });

  test.each([TOPIC_ARN, TOPIC_ARN.replace('arn:aws:', 'arn:aws-us-gov:'), 'none'])(
    'take the topic %s',
    (alarmTopicArn) => {
      expect(readSettings({ alarmTopicArn }).alarmTopicArn).toBe(alarmTopicArn);
    },
  );

  test.each(['none', '50', '50.00', '0.5', '0.0001', '1234567890.1234'])(
    'take the ceiling %s',
    (maxOrderPrice) => {
      expect(readSettings({ maxOrderPrice }).maxOrderPrice).toBe(maxOrderPrice);
    },
  );

  test.each([
    ['', []],
    ['example.com', ['example.com']],
    ['Example.COM., bücher.example', ['example.com', 'xn--bcher-kva.example']],
    [
      ['example.com', 'sub.example.com'],
      ['example.com', 'sub.example.com'],
    ],
  ])('take the zones %j', (acmeZones, names) => {
    expect(readSettings({ acmeZones }).acmeZones).toEqual(names);
  });

  test("leave the CDK's own context alone", () => {
    const context = {
      '@aws-cdk/aws-iam:minimizePolicies': true,
      'aws:cdk:enable-path-metadata': true,
      'cdk-migrate': true,
      'cli-telemetry': false,
      'hosted-zone:account=1:region=x': {},
    };
    expect(readSettings(context)).toEqual(readSettings({}));
  });
});

describe('a wrong setting is named, with what it may be', () => {
  const wholeNumber = 'It must be a whole number above 0.';

  test.each([
    ['stage', 'Prod', 'a lower-case word of at most 16 letters and digits'],
    ['stage', '', 'a lower-case word'],
    ['stage', 'a'.repeat(17), 'at most 16'],
    ['stage', 7, 'a lower-case word'],
    ['secretArn', 'dmapi', 'It must be create, or the complete ARN of a secret'],
    ['secretArn', ARN.slice(0, -7), 'six random characters at its end'],
    ['secretArn', 'none', 'It must be create, or'],
    ['readOnlySecretArn', 'true', 'It must be none, create, or the complete ARN of a secret'],
    ['throttleRate', 'fast', wholeNumber],
    ['throttleRate', '0', wholeNumber],
    ['throttleBurst', -1, wholeNumber],
    ['throttleBurst', 1.5, wholeNumber],
    ['throttleBurst', '', wholeNumber],
    ['meteredRate', true, wholeNumber],
    ['meteredBurst', null, wholeNumber],
    ['meteredQuotaPerDay', '1e3', wholeNumber],
    ['meteredCallers', 'Billing', 'a comma-separated list of different names'],
    ['meteredCallers', 'ops,ops', 'a comma-separated list of different names'],
    ['meteredCallers', 'ops,,billing', 'a comma-separated list of different names'],
    ['meteredCallers', 3, 'a comma-separated list of different names'],
    ['maxOrderPrice', '0', 'It must be none, or an amount above 0 such as 50.00.'],
    ['maxOrderPrice', '0.00', 'an amount above 0'],
    ['maxOrderPrice', '00.', 'an amount above 0'],
    ['maxOrderPrice', '-5', 'an amount above 0'],
    ['maxOrderPrice', '5,00', 'an amount above 0'],
    ['maxOrderPrice', '5.', 'an amount above 0'],
    ['maxOrderPrice', '.5', 'an amount above 0'],
    ['maxOrderPrice', '1e3', 'an amount above 0'],
    ['maxOrderPrice', '5.00 EUR', 'an amount above 0'],
    ['maxOrderPrice', '12345678901', 'an amount above 0'],
    ['maxOrderPrice', '', 'an amount above 0'],
    ['maxOrderPrice', 50, 'an amount above 0'],
    ['acmeZones', 'com', 'It must be a comma-separated list of different domain names'],
    ['acmeZones', 'none', 'such as example.com,example.net'],
    ['acmeZones', '*.example.com', 'a comma-separated list of different domain names'],
    ['acmeZones', '_acme-challenge.example.com', 'list of different domain names'],
    ['acmeZones', 'example.com,', 'list of different domain names'],
    ['acmeZones', 'example.com,EXAMPLE.com.', 'list of different domain names'],
    ['acmeZones', true, 'list of different domain names'],
    ['acmeZones', [1], 'list of different domain names'],
    ['acmeZones', Array.from({ length: 200 }, (_, i) => `${i}.example.com`), 'of at most 2000'],
    ['reconcileMinutes', '0', 'It must be a whole number from 1 to 60.'],
    ['reconcileMinutes', 61, 'It must be a whole number from 1 to 60.'],
    ['reconcileMinutes', '0.5', 'It must be a whole number from 1 to 60.'],
    ['publishHistory', 'yes', 'It must be true or false.'],
    ['publishHistory', '', 'It must be true or false.'],
    ['publishHistory', 1, 'It must be true or false.'],
    ['alarmTopicArn', 'operators', 'It must be none, or the ARN of a standard SNS topic.'],
    ['alarmTopicArn', `${TOPIC_ARN}.fifo`, 'It must be none, or the ARN of a standard SNS topic.'],
    ['alarmTopicArn', `${TOPIC_ARN}:3f6e-sub`, 'It must be none, or the ARN of a'],
    ['alarmTopicArn', ARN, 'It must be none, or the ARN of a standard SNS topic.'],
    ['logRetentionDays', '91', 'It must be one that CloudWatch knows: 1, 3, 5, 7,'],
    ['logRetentionDays', 'never', 'It must be one that CloudWatch knows'],
  ])('%s=%s', (name, value, accepted) => {
    const message = refusal({ [name]: value });
    expect(message).toContain(`The setting ${name} is ${JSON.stringify(value)}. It must be`);
    expect(message).toContain(accepted);
    expect(message).not.toContain('\n');
  });

  test.each([
    ['dmapi', 'not a URL'],
    ['http://dmapi.joker.com', 'must start with https://'],
    ['http://127.0.0.1.example.com', 'must start with https://'],
    ['https://key@dmapi.joker.com', 'must not hold a user, a password'],
    ['https://dmapi.joker.com/?x=1', 'must not hold a user, a password, a query'],
    ['constructor', 'not a URL'],
  ])('dmapiUrl=%s', (value, accepted) => {
    const message = refusal({ dmapiUrl: value });
    expect(message).toMatch(/^The setting dmapiUrl is not usable\. The DMAPI URL /);
    expect(message).toContain(accepted);
  });

  test('a password in the URL is not repeated', () => {
    expect(refusal({ dmapiUrl: 'https://u:hunter2@dmapi.joker.com' })).not.toContain('hunter2');
  });

  test('the read-only secret cannot be the powerful one', () => {
    expect(refusal({ secretArn: ARN, readOnlySecretArn: ARN })).toBe(
      'The setting readOnlySecretArn is the same secret as secretArn. It must be another one, with a read-only key.',
    );
  });

  test.each(['readonlySecretArn', 'read-only-secret-arn', 'constructor', 'Stage'])(
    '%s is no setting',
    (name) => {
      expect(refusal({ [name]: 'x' })).toBe(
        `There is no setting ${name}. The settings are: stage, dmapiUrl, secretArn, readOnlySecretArn, actions, throttleRate, throttleBurst, meteredCallers, meteredRate, meteredBurst, meteredQuotaPerDay, maxOrderPrice, acmeZones, reconcileMinutes, publishHistory, eventSchemas, alarmTopicArn, logRetentionDays.`,
      );
    },
  );
});
