import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigateway';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/**
 * What is kept of a request. Never the path, query string, body or headers as sent, and neither
 * $context.error.message nor $context.integrationErrorMessage: they repeat parts of the request,
 * for a bad signature the whole query string or the Authorization header.
 */
const FIELDS = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  errorType: '$context.error.responseType',
  integrationStatus: '$context.integration.integrationStatus',
  integrationRequestId: '$context.integration.requestId',
  latencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integration.latency',
  responseBytes: '$context.responseLength',
  sourceIp: '$context.identity.sourceIp',
  callerArn: '$context.identity.userArn',
  apiKeyId: '$context.identity.apiKeyId',
};

/** The stage options for an access log in a group of its own, one JSON object a request. */
export function accessLog(scope: Construct, retention: RetentionDays) {
  const group = new LogGroup(scope, 'AccessLog', {
    retention,
    // As with the functions' logs: nothing is rebuilt from them.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  return {
    accessLogDestination: new LogGroupLogDestination(group),
    accessLogFormat: AccessLogFormat.custom(JSON.stringify(FIELDS)),
  };
}
