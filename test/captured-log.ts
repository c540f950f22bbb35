import { afterEach, beforeEach, jest } from '@jest/globals';

/** Call it at the top of a file: keeps what its tests log off the screen and for them to read. */
export function captureLog() {
  const written: string[] = [];
  const spies: { mockRestore(): void }[] = [];

  beforeEach(() => {
    written.length = 0;
    for (const stream of [process.stdout, process.stderr]) {
      const spy = jest.spyOn(stream, 'write').mockImplementation((chunk) => {
        written.push(String(chunk));
        return true;
      });
      spies.push(spy);
    }
  });

  afterEach(() => {
    for (const spy of spies.splice(0)) spy.mockRestore();
  });

  return {
    text: () => written.join(''),
    entries: (): Record<string, unknown>[] =>
      written
        .join('')
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line)),
  };
}
