import type http from 'node:http';

/** Answers with a problem document (RFC 9457) that has no type of its own. */
export function sendProblem(
  response: http.ServerResponse,
  status: number,
  title: string,
  detail?: string,
): void {
  response.writeHead(status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify({ type: 'about:blank', title, status, detail }));
}
