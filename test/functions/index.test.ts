import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FunctionsHost } from "../../src/host/functions-host.ts";
import { loadBuiltApp, someSettings } from "../support/built-app.ts";

let host: FunctionsHost;
beforeAll(async () => {
  host = await loadBuiltApp({ ...someSettings, MIDWATCH_ENGINE: "durable" });
});
afterAll(() => host.close());

describe("the functions the built app registers", () => {
  it("are the triggers and, with the durable engine, the orchestrator and its activities", async () => {
    const inProcess = await loadBuiltApp({ ...someSettings, MIDWATCH_ENGINE: "inProcess" });
    try {
      expect(namesOf(inProcess)).toEqual([
        "checkCluster httpTrigger",
        "health httpTrigger",
        "listSweeps httpTrigger",
        "nightlySweep timerTrigger",
        "showSweep httpTrigger",
        "startSweep httpTrigger",
      ]);
      expect(namesOf(host)).toEqual(
        [
          ...namesOf(inProcess),
          "sweep orchestrationTrigger",
          "planSweep activityTrigger",
          "sweepBatch activityTrigger",
          "finishSweep activityTrigger",
          "failSweep activityTrigger",
        ].sort(),
      );
    } finally {
      await inProcess.close();
    }
  });

  it("hand the durable client to those that start sweeps", () => {
    for (const name of ["nightlySweep", "startSweep"]) {
      const bindings = Object.values(host.functions.find((one) => one.name === name)?.bindings ?? {});
      expect(bindings).toContainEqual(expect.objectContaining({ type: "durableClient", direction: "in" }));
    }
  });
});

function namesOf({ functions }: FunctionsHost): readonly string[] {
  return functions.map(({ name, trigger }) => `${name} ${trigger.type}`).sort();
}
