import type { SweepDependencies } from "./dependencies.ts";
import { SourceError } from "./source-error.ts";

type DeliveryDependencies = Pick<SweepDependencies, "channel" | "outbox" | "clock" | "log">;

/**
 * Sends what waits in the outbox, oldest first. What cannot be sent stays there for the next sweep, whose own work
 * was done before; a crash repeats at most the one in flight.
 */
export async function deliverAlerts(deps: DeliveryDependencies): Promise<void> {
  if (deps.channel === null) return;
  try {
    for (const alert of await deps.outbox.pending()) {
      await deps.channel.send(alert);
      await deps.outbox.mark(alert.sweepId, deps.clock.now());
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    deps.log.error("alerts wait to be delivered", { reason: error.reason, detail: error.message });
  }
}
