import type { SweepDependencies } from "./dependencies.ts";
import { SourceError } from "./source-error.ts";

/** Sends what waits in the outbox, oldest first. What is refused stays there for the next sweep; a crash repeats at most the one in flight. */
export async function deliverAlerts(
  deps: Pick<SweepDependencies, "channel" | "outbox" | "clock" | "log">,
): Promise<void> {
  if (deps.channel === null) return;
  for (const alert of await deps.outbox.pending()) {
    try {
      await deps.channel.send(alert);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      deps.log.error("alert was not delivered", {
        sweepId: alert.sweepId,
        reason: error.reason,
        detail: error.message,
      });
      return;
    }
    await deps.outbox.mark(alert.sweepId, deps.clock.now());
  }
}
