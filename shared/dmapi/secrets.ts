/** Texts that must not leave the bundle, should the registrar repeat them. */
export interface Secrets {
  /** API keys and session ids: long and random, so that whatever holds one holds it by no accident. */
  readonly keys: readonly string[];
  /** Passwords: people choose them, so that data can hold the same word. */
  readonly passwords: readonly string[];
}
