/** The sentence by which programs find the code, at the beginning of a line. */
export function authIdText(authId: string): string {
  return `The Authorization ID is: "${authId}"`;
}
