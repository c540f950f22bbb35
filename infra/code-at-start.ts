import type { Metafile } from 'esbuild';

type Output = Metafile['outputs'][string];

/**
 * The files of code that are read before a bundled file has been imported, itself among them.
 *
 * @param metafile esbuild's account of the build
 * @param file as it is called there
 */
export function codeAtStart({ outputs }: Metafile, file: string): Output[] {
  const read = new Set([file]);
  for (const one of read) {
    for (const { path, kind } of outputs[one]?.imports ?? []) {
      if (kind === 'import-statement' && path in outputs) read.add(path);
    }
  }
  return [...read].flatMap((one) => outputs[one] ?? []);
}
