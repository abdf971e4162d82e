/** Waits for both, whatever becomes of either: nothing is left running on its own. */
export async function both<A, B>(one: Promise<A>, other: Promise<B>): Promise<readonly [A, B]> {
  await Promise.allSettled([one, other]);
  return [await one, await other];
}
