/** What another user can be given on a domain. `@creator` is the whole domain. */
export const ROLES = ['@admin', '@billing', '@tech', '@creator'] as const;
