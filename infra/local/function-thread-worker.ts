import { parentPort, workerData } from 'node:worker_threads';
import type { Invocation } from './function-thread.ts';

/** Loads a bundle, as Lambda's runtime does at a cold start, and hands invocations to its handler. */
async function main(): Promise<void> {
  const { handler } = await import(workerData.bundle);
  parentPort?.on('message', async ({ id, event, context, timeoutMs }: Invocation) => {
    const endsAtMs = Date.now() + timeoutMs;
    const getRemainingTimeInMillis = () => Math.max(0, endsAtMs - Date.now());
    try {
      const result = await handler(event, { ...context, getRemainingTimeInMillis });
      parentPort?.postMessage({ id, result });
    } catch (error) {
      parentPort?.postMessage({ id, error: String(error) });
    }
  });
  parentPort?.postMessage('loaded');
}

void main();
