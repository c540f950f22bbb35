import type { SentRequest } from '../http-request.ts';

/** The requests of late, and how many logins there were among all of them. */
export interface RequestLog {
  /** Oldest first. */
  readonly requests: readonly SentRequest[];
  /** Logins so far, refused ones included, also those no longer kept. */
  logins(): number;
  record(request: SentRequest): void;
}

/** Keeps the last requests, 10,000 unless said. */
export function createRequestLog(kept = 10_000): RequestLog {
  const requests: SentRequest[] = [];
  let logins = 0;
  return {
    requests,
    logins: () => logins,
    record: (request) => {
      if (request.name === 'login') logins += 1;
      requests.push(request);
      if (requests.length > kept) requests.shift();
    },
  };
}
