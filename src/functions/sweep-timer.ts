import type { InvocationContext, Timer } from "@azure/functions";
import { Cron } from "croner";
import type { Connect } from "./context.ts";
import { type EngineOf, sweepRequestAt } from "./sweeps.ts";

/** The nightly sweep. However often and however late the timer fires, one slot of the schedule is one sweep. */
export function createTimerHandler(
  connect: Connect<"sweep" | "config">,
  engineOf: EngineOf,
): (timer: Timer, context: InvocationContext) => Promise<void> {
  return async (timer, context) => {
    const app = await connect();
    const slot = slotAt(app.config.sweepSchedule, app.sweep.clock.now());
    const start = await engineOf(app, context).start(sweepRequestAt(app, slot));
    app.sweep.log.info("sweep timer fired", {
      sweepId: start.id,
      outcome: start.outcome,
      isPastDue: timer.isPastDue,
    });
  };
}

/** The last moment of the schedule that is not in the future; timers fire a little late, never early by more than a second. */
export function slotAt(schedule: string, now: string): string {
  const soon = new Date(Date.parse(now) + 1000);
  // NCRONTAB wants day of month and day of week both to match, unlike cron.
  const cron = new Cron(schedule, { paused: true, timezone: "UTC", domAndDow: true });
  const [slot] = cron.previousRuns(1, soon);
  return (slot ?? new Date(now)).toISOString();
}
