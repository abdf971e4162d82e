import type fc from "fast-check";
import type { SweepDependencies } from "../../src/application/dependencies.ts";

/** Calls that bring their answer piece by piece. */
const streaming = new Set(["recordsBefore", "readPart", "clusters", "machines", "defenderPlans"]);

type Ports = Pick<SweepDependencies, "fleet" | "history" | "archive" | "outbox" | "channel">;

/** The same ports, each call of which waits until the scheduler says that it is its turn. */
export function scheduledPorts(ports: Ports, scheduler: fc.Scheduler, who: string): Ports {
  const { fleet, history, archive, outbox, channel } = ports;
  const inTurn = <P extends object>(port: P): P => {
    const calls = Object.entries(port).map(([name, call]) => {
      const turn = () => scheduler.schedule(Promise.resolve(), `${who} ${name}`);
      const pieces = async function* (...args: unknown[]) {
        await turn();
        yield* call(...args);
      };
      const whole = async (...args: unknown[]) => {
        await turn();
        return call(...args);
      };
      return [name, streaming.has(name) ? pieces : whole];
    });
    // Every call by its own name, with what it takes and what it brings.
    return Object.fromEntries(calls) as P;
  };
  return {
    fleet: inTurn(fleet),
    history: inTurn(history),
    archive: inTurn(archive),
    outbox: inTurn(outbox),
    channel: channel && inTurn(channel),
  };
}
