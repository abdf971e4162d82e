import { describe, expect, it } from "vitest";
import { SourceError } from "../../src/application/source-error.ts";
import type { Alert } from "../../src/domain/alert.ts";
import { createWatch } from "../support/nights.ts";

describe("an alert", () => {
  it("waits in the outbox while the channel refuses and goes out with the next sweep, oldest first", async () => {
    const sent: Alert[] = [];
    let isBroken = true;
    const watch = createWatch({
      channel: {
        async send(alert) {
          if (isBroken) throw new SourceError("The workflow is switched off.", { reason: "notFound" });
          sent.push(alert);
        },
      },
    });
    const first = await watch.sweep("2026-11-20");
    const second = await watch.sweep("2026-11-21", 1);
    expect(second.sweep.state).toBe("finished");

    isBroken = false;
    await watch.sweep("2026-11-22", 1);
    expect(sent.map(({ sweepId }) => sweepId)).toEqual([first.sweep.id, second.sweep.id]);
    await watch.sweep("2026-11-23", 1);
    expect(sent).toHaveLength(2);
  });

  it("that was sent and not marked is repeated once, and its sweep stays finished", async () => {
    const watch = createWatch();
    const { outbox } = watch.deps;
    const forgetful = createWatch({
      ...watch.deps,
      outbox: {
        ...outbox,
        mark: async () => {
          throw new SourceError("Storage is full.", { reason: "unavailable" });
        },
      },
    });
    const { sweep } = await forgetful.sweep("2026-11-20");
    expect(await forgetful.deps.history.sweep(sweep.id)).toMatchObject({ state: "finished" });
    expect(await outbox.pending()).toHaveLength(1);
  });

  it("stays below the threshold when nothing that changed reaches it", async () => {
    const watch = createWatch({ alertThreshold: "critical" });
    await watch.sweep("2026-11-20");
    const { alerts } = await watch.sweep("2026-11-21", 1);
    expect(alerts[0]?.entries.every(({ severity }) => severity === "critical")).toBe(true);
    expect(alerts[0]?.changes.new).toBe(alerts[0]?.entries.filter(({ status }) => status === "new").length);
  });
});
