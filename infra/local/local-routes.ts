import type http from 'node:http';
import { sendProblem } from './problem.ts';

export interface LocalRoutesOptions {
  /** Oldest first. */
  readonly events: readonly object[];
  /** Runs the reconciler and returns its summary. */
  readonly reconcile: () => Promise<unknown>;
  /** Answers everything that is not under `/_local`. */
  readonly otherwise: http.RequestListener;
}

type Answer = (response: http.ServerResponse) => void | Promise<void>;

/**
 * What the local run offers beside the API: `GET /_local/events`, the events as a target gets them,
 * and `POST /_local/reconcile`, which runs the reconciler now.
 */
export function createLocalRoutes({
  events,
  reconcile,
  otherwise,
}: LocalRoutesOptions): http.RequestListener {
  const routes = new Map<string, { readonly method: string; readonly answer: Answer }>([
    ['/_local/events', { method: 'GET', answer: (response) => sendJson(response, events) }],
    [
      '/_local/reconcile',
      {
        method: 'POST',
        answer: async (response) => {
          const outcome = await reconcile().then(
            (summary) => ({ summary }),
            () => undefined,
          );
          if (outcome) sendJson(response, outcome.summary);
          else sendProblem(response, 502, 'The reconciler failed', 'The log tells why.');
        },
      },
    ],
  ]);
  return (request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    if (path !== '/_local' && !path.startsWith('/_local/')) return otherwise(request, response);
    const route = routes.get(path);
    if (!route) return sendProblem(response, 404, 'The local run has no such route');
    if (request.method === route.method) return void route.answer(response);
    response.setHeader('allow', route.method);
    sendProblem(response, 405, `This route takes ${route.method} only`);
  };
}

function sendJson(response: http.ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body ?? null));
}
