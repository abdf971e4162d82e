import { describe, expect, it } from "vitest";
import { createDurableEngine } from "../../src/functions/durable-engine.ts";
import { sweepRequestAt } from "../../src/functions/sweeps.ts";
import { createTestApp } from "./test-app.ts";

const moment = "2026-11-21T01:00:00.000Z";
const slot = "2026-11-21T01-00-00Z";

/** What was asked of the durable client. */
function createClient(answers: readonly (Error | null)[] = []) {
  const asked: { readonly name: string; readonly options: unknown }[] = [];
  return {
    asked,
    startNew: async (name: string, options?: { readonly instanceId?: string; readonly input?: unknown }) => {
      const answer = answers[asked.length];
      asked.push({ name, options });
      if (answer) throw answer;
      return options?.instanceId ?? "";
    },
  };
}

describe("the durable engine", () => {
  it("starts one orchestration a slot, its instance the slot", async () => {
    const { app } = createTestApp();
    const client = createClient();
    const engine = createDurableEngine(app, client);
    const request = sweepRequestAt(app, moment);
    expect(await engine.start(request)).toEqual({ outcome: "started", id: slot });
    expect(await engine.start(request)).toEqual({ outcome: "running", id: slot });
    expect(client.asked).toEqual([
      { name: "sweep", options: { instanceId: slot, input: { request, batchesAtOnce: 1 } } },
    ]);
    expect(await app.sweep.history.sweep(slot)).toMatchObject({ state: "running" });
  });

  it("lets the slot be tried again when the orchestration could not be started", async () => {
    const { app } = createTestApp();
    const client = createClient([new Error("connect ECONNREFUSED 127.0.0.1:17071")]);
    const engine = createDurableEngine(app, client);
    const request = sweepRequestAt(app, moment);
    await expect(engine.start(request)).rejects.toThrow("ECONNREFUSED");
    expect(await app.sweep.history.sweep(slot)).toMatchObject({
      state: "failed",
      failure: "connect ECONNREFUSED 127.0.0.1:17071",
    });
    expect(await engine.start(request)).toEqual({ outcome: "started", id: slot });
    expect(client.asked).toHaveLength(2);
  });
});
