import { Logger } from '@aws-lambda-powertools/logger';

let logger: Logger | undefined;

/**
 * Structured log lines for CloudWatch. Log fields that you name, never a request, a reply, a secret
 * or an error object as a whole: the registrar's texts can hold what must not be kept.
 */
export function log(): Logger {
  // At the first line: it opens the standard output, a third of what importing a function takes.
  logger ??= new Logger();
  return logger;
}
