import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { resources, routes, synthesise } from './synthesised.ts';

describe('metered callers', () => {
  let template: Template;
  beforeAll(async () => {
    ({ api: template } = await synthesise({
      stage: 'prod',
      meteredCallers: 'billing,ops',
      meteredRate: 2,
      meteredBurst: 6,
      meteredQuotaPerDay: 500,
    }));
  });

  test('have an API key each', () => {
    const names = Object.values(resources(template, 'AWS::ApiGateway::ApiKey')).map((k) => k.Name);
    expect(names.sort()).toEqual(['joker-dmapi-prod-billing', 'joker-dmapi-prod-ops']);
    template.resourceCountIs('AWS::ApiGateway::UsagePlanKey', 2);
  });

  test('have the rate, burst and quota that are set', () => {
    const [plan, ...more] = Object.values(resources(template, 'AWS::ApiGateway::UsagePlan'));
    expect(more).toEqual([]);
    expect(plan).toMatchObject({
      Throttle: { RateLimit: 2, BurstLimit: 6 },
      Quota: { Limit: 500, Period: 'DAY' },
      ApiStages: [{ ApiId: expect.anything(), Stage: expect.anything() }],
    });
  });

  test('send their key besides the signature', () => {
    for (const { properties } of routes(template)) {
      expect(properties).toMatchObject({ AuthorizationType: 'AWS_IAM', ApiKeyRequired: true });
    }
  });
});

test('without them there is no plan', async () => {
  const { api } = await synthesise();
  api.resourceCountIs('AWS::ApiGateway::UsagePlan', 0);
  api.resourceCountIs('AWS::ApiGateway::ApiKey', 0);
});
