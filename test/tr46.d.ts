/** UTS 46, as far as it is used here; the package brings no types. */
declare module 'tr46' {
  interface Options {
    readonly checkBidi?: boolean;
    readonly checkHyphens?: boolean;
    readonly checkJoiners?: boolean;
    readonly transitionalProcessing?: boolean;
    readonly useSTD3ASCIIRules?: boolean;
    readonly verifyDNSLength?: boolean;
  }

  /** The name in ASCII; null where it is none. */
  export function toASCII(name: string, options?: Options): string | null;

  /** The name in Unicode; `error` where it is none. */
  export function toUnicode(name: string, options?: Options): { domain: string; error: boolean };
}
