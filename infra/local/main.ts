import { SettingError } from '../setting-error.ts';
import { type LocalRun, startLocalRun } from './local-run.ts';
import { readLocalSettings } from './settings.ts';

async function main(): Promise<void> {
  const settings = readLocalSettings();
  const interrupted = new Promise<'interrupted'>((resolve) => {
    // Both stay: npm passes on a Ctrl-C that the terminal has sent already.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => resolve('interrupted'));
    }
  });
  const starting = startLocalRun({
    ...settings,
    tell: (line) => console.log(line),
    logs: process.stdout,
  });
  const outcome = await Promise.race([starting, interrupted]);
  if (outcome !== 'interrupted') {
    tellReady(outcome);
    await interrupted;
  }
  // A start that the same Ctrl-C has broken off has ended what it had begun.
  const run = await starting.catch(() => undefined);
  await run?.close();
}

function tellReady({ url }: LocalRun): void {
  console.log(`ready ${url}`);
  console.log(`Try: curl '${url}/v1/result-list?pending=true'. Ctrl-C stops everything.`);
}

main().catch((error) => {
  console.error(error instanceof SettingError ? error.message : error);
  process.exit(1);
});
