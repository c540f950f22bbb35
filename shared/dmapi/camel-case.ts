/** `Account-pending_amount` becomes `accountPendingAmount`, `SvTrId` becomes `svTrId`. */
export function camelCase(name: string): string {
  const apart = name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  const [first = '', ...rest] = apart.match(/[a-z0-9]+/g) ?? [];
  return first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
