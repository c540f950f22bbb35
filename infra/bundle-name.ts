/** What the bundle is called in an account. The stage is part of it, so that several can live in one. */
export function bundleName({ stage }: { readonly stage: string }): string {
  return `joker-dmapi-${stage}`;
}
