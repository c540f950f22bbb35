import { Logger } from '@aws-lambda-powertools/logger';

/**
 * Structured log lines for CloudWatch. Log fields that you name, never a request, a reply, a secret
 * or an error object as a whole: the registrar's texts can hold what must not be kept.
 */
export const log = new Logger();
