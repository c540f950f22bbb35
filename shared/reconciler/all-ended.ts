/**
 * What all of them come to, once every one has ended: nothing is under way any more when this
 * throws. @throws what the first of them has thrown
 */
export async function allEnded<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return await Promise.all(work);
}
