import { describe, expect, it } from "vitest";
import type { RawObject } from "../../../../src/emulator/estate/world.ts";
import { readFacts } from "../../../support/fact-source.ts";
import { clusterRow, payments, smallWorld } from "../../../support/world-small.ts";

const list = `${String(clusterRow(payments, "aks-pay-1").id)}/maintenanceConfigurations`;

function worldWith(...configurations: readonly RawObject[]) {
  const entries = configurations.map((one, index) => [`${list}/${index}`.toLowerCase(), one] as const);
  return smallWorld({ armOnly: Object.fromEntries(entries) });
}

describe("maintenance configurations", () => {
  it("are told by their names", async () => {
    const { of } = await readFacts(
      "maintenanceWindows",
      worldWith({ name: "aksManagedAutoUpgradeSchedule" }, { name: "default" }),
    );
    const names = ["aksManagedAutoUpgradeSchedule", "default"];
    expect(of("aks-pay-1").maintenanceWindows).toEqual({
      state: "collected",
      value: { configurations: { path: list, observed: names, value: names } },
    });
    expect(of("aks-pay-2").maintenanceWindows).toMatchObject({ value: { configurations: { value: [] } } });
  });

  it("without a name are unread", async () => {
    const { of } = await readFacts("maintenanceWindows", worldWith({ name: "default" }, { properties: {} }));
    expect(of("aks-pay-1").maintenanceWindows).toMatchObject({
      state: "unavailable",
      gap: { reason: "malformed", detail: expect.stringContaining("value[1].name is absent") },
    });
  });

  it("that are refused are not none", async () => {
    const { of } = await readFacts("maintenanceWindows", worldWith(), [
      { match: { service: "maintenanceConfigurations" }, kind: "403" },
    ]);
    expect(of("aks-pay-1").maintenanceWindows).toMatchObject({
      state: "unavailable",
      gap: { reason: "accessDenied", remedy: expect.stringContaining("Reader") },
    });
  });
});
