import type { Alert } from "../domain/alert.ts";
import type { SweepDependencies } from "./dependencies.ts";
import type { AlertChannel } from "./ports.ts";
import { SourceError } from "./source-error.ts";

type DeliveryDependencies = Pick<SweepDependencies, "channel" | "outbox" | "history" | "clock" | "log">;

/**
 * Sends what waits in the outbox, oldest first. What cannot be sent stays there for the next sweep, whose own work
 * was done before; a crash repeats at most the one in flight.
 */
export async function deliverAlerts(deps: DeliveryDependencies): Promise<void> {
  if (deps.channel === null) return;
  try {
    for (const alert of await deps.outbox.pending()) {
      if (await isSettled(deps, deps.channel, alert)) await deps.outbox.mark(alert.sweepId, deps.clock.now());
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    deps.log.error("alerts wait to be delivered", { reason: error.reason, detail: error.message });
  }
}

/** A card that is refused for what it says must not hold up those behind it; whatever else went wrong will go wrong for them too. */
async function isSettled(deps: DeliveryDependencies, channel: AlertChannel, alert: Alert): Promise<boolean> {
  // A sweep that never finished is repeated by the next one, which tells the same changes itself.
  const sweep = await deps.history.sweep(alert.sweepId);
  if (sweep?.state !== "finished") return true;
  try {
    await channel.send(alert);
    return true;
  } catch (error) {
    if (!(error instanceof SourceError) || error.reason !== "malformed") throw error;
    deps.log.error("alert was refused", { sweepId: alert.sweepId, detail: error.message });
    return false;
  }
}
