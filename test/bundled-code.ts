import type { Metafile } from 'esbuild';

export type BundledFile = Metafile['outputs'][string];

/** All files of code that a bundled file imports, at its start or later, by the paths it does so. */
export function bundledCode({ outputs }: Metafile, file: string): Map<string, BundledFile> {
  const read = new Set([file]);
  for (const one of read) {
    for (const { path } of outputs[one]?.imports ?? []) if (path in outputs) read.add(path);
  }
  return new Map(Object.entries(outputs).filter(([one]) => read.has(one)));
}

/** Their size in bytes. */
export function bytesOf(files: Iterable<BundledFile>): number {
  return [...files].reduce((sum, { bytes }) => sum + bytes, 0);
}
