/** What actions are about: the groups in which they can be deployed. */
export const GROUPS = [
  'account',
  'domains',
  'contacts',
  'hosts',
  'zones',
  'rights',
  'verification',
  'catalogue',
] as const;

export type Group = (typeof GROUPS)[number];
