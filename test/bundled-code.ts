import type { Metafile } from 'esbuild';

export type BundledFile = Metafile['outputs'][string];

/** The files of code of a bundle, by the paths that they are imported by. */
export function bundledCode({ outputs }: Metafile): Map<string, BundledFile> {
  return new Map(Object.entries(outputs).filter(([file]) => file.endsWith('.mjs')));
}

/** Those of them that are read before the handler is there. */
export function startingCode(metafile: Metafile): BundledFile[] {
  const files = bundledCode(metafile);
  const found = new Set([...files.keys()].filter((file) => file.endsWith('/index.mjs')));
  for (const file of found) {
    for (const { path, kind } of files.get(file)?.imports ?? []) {
      if (kind === 'import-statement' && files.has(path)) found.add(path);
    }
  }
  return [...found].flatMap((file) => files.get(file) ?? []);
}

/** Their size in bytes. */
export function bytesOf(files: Iterable<BundledFile>): number {
  return [...files].reduce((sum, { bytes }) => sum + bytes, 0);
}
