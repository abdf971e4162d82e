import { createMemoryHistory } from "../../src/adapters/memory/history.ts";
import type { History } from "../../src/application/ports.ts";

/** A history that remembers what another does after its last sweep, and then goes its own way. */
export async function copiedHistory(original: History): Promise<History> {
  const copy = createMemoryHistory();
  const sweeps = await original.sweeps(1_000);
  for (const sweep of sweeps) await copy.saveSweep(sweep);
  const [last] = sweeps;
  const subscriptions = await original.rememberedSubscriptions(sweeps.map(({ id }) => id));
  for await (const { record } of original.recordsBefore([], subscriptions))
    if (last && record) await copy.store(last.id, [{ before: null, record, findings: [] }]);
  return copy;
}
