import { readFileSync } from 'node:fs';

// Plays Lambda's runtime in a process of its own: loads a bundle, then hands it what the parent sends.
const startedAtMs = performance.now();
const { handler } = await import(process.env.BUNDLE);
const importMs = performance.now() - startedAtMs;

process.on('message', async ({ event, remainingMs }) => {
  const endsAtMs = Date.now() + remainingMs;
  const context = {
    awsRequestId: crypto.randomUUID(),
    getRemainingTimeInMillis: () => Math.max(0, endsAtMs - Date.now()),
  };
  const calledAtMs = performance.now();
  const result = await handler(event, context).catch((error) => ({ error: String(error) }));
  const durationMs = performance.now() - calledAtMs;
  process.send({ result, durationMs, peakMb: peakMb() });
});
process.send({ importMs });

/** Linux's own maximum also counts what the parent had when it started this process. */
function peakMb() {
  try {
    const [, kb] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    if (kb) return Number(kb) / 1024;
  } catch {}
  return process.resourceUsage().maxRSS / 1024;
}
