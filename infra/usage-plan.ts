import { Period, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { bundleName } from './bundle-name.ts';
import type { Settings } from './settings.ts';

/** Whether callers are metered: each then sends its API key besides the signature. */
export function isMetered(settings: Settings): boolean {
  return settings.meteredCallers.length > 0;
}

/** Gives each metered caller an API key, with a rate, a burst and a daily quota of its own. */
export function addUsagePlan(api: RestApi, settings: Settings): void {
  const plan = api.addUsagePlan('MeteredCallers', {
    name: bundleName(settings),
    throttle: { rateLimit: settings.meteredRate, burstLimit: settings.meteredBurst },
    quota: { limit: settings.meteredQuotaPerDay, period: Period.DAY },
    apiStages: [{ stage: api.deploymentStage }],
  });
  for (const caller of settings.meteredCallers) {
    const apiKeyName = `${bundleName(settings)}-${caller}`;
    plan.addApiKey(api.addApiKey(`Caller-${caller}`, { apiKeyName }));
  }
}
