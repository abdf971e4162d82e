import { describe, expect, it } from "vitest";
import type { ListedWorld, RawObject } from "../../../../src/emulator/estate/world.ts";
import { readFacts } from "../../../support/fact-source.ts";
import { clusterRow, payments, smallWorld } from "../../../support/world-small.ts";

function idOf(name: string): string {
  return `${String(clusterRow(payments, name).id)}/providers/Microsoft.ContainerService/deploymentSafeguards/default`;
}

function worldWith(properties: RawObject): ListedWorld {
  const id = idOf("aks-pay-1");
  const resource = {
    id,
    name: "default",
    type: "Microsoft.ContainerService/deploymentSafeguards",
    properties,
  };
  return smallWorld({ armOnly: { [id.toLowerCase()]: resource } });
}

async function read(properties: RawObject) {
  const { of } = await readFacts("safeguards", worldWith(properties));
  return of("aks-pay-1").safeguards;
}

describe("deployment safeguards", () => {
  it("are told with their level, what they ask of pods, and whom they leave out", async () => {
    const path = idOf("aks-pay-1");
    const properties = {
      level: "Enforce",
      podSecurityStandardsLevel: "Restricted",
      excludedNamespaces: ["training"],
    };
    expect(await read(properties)).toEqual({
      state: "collected",
      value: {
        level: { path, observed: "Enforce", value: "Enforce" },
        podSecurityStandardsLevel: { path, observed: "Restricted", value: "Restricted" },
        excludedNamespaces: ["training"],
      },
    });
  });

  it("ask nothing of pods unless they say so", async () => {
    expect(await read({ level: "Warn" })).toMatchObject({
      state: "collected",
      value: { podSecurityStandardsLevel: { observed: null, value: "Privileged" }, excludedNamespaces: [] },
    });
  });

  it("are off where Azure says that there are none", async () => {
    const { of } = await readFacts("safeguards", worldWith({ level: "Enforce" }));
    expect(of("aks-pay-2").safeguards).toMatchObject({
      state: "collected",
      value: {
        level: { path: idOf("aks-pay-2"), observed: null, value: "Off" },
        podSecurityStandardsLevel: { observed: null, value: "Privileged" },
      },
    });
  });

  it.each([
    ["without a level", {}, "properties.level is absent"],
    ["with a level of a wrong type", { level: 1 }, "properties.level is a number"],
    [
      "with namespaces of a wrong type",
      { level: "Warn", excludedNamespaces: "training" },
      "properties.excludedNamespaces is a string",
    ],
  ])("%s are unread", async (_, properties, detail) => {
    expect(await read(properties)).toMatchObject({
      state: "unavailable",
      gap: { reason: "malformed", detail: expect.stringContaining(detail) },
    });
  });

  it("that are refused are not off", async () => {
    const { of } = await readFacts("safeguards", worldWith({ level: "Enforce" }), [
      { match: { service: "safeguards", pathIncludes: "aks-pay-2" }, kind: "403" },
    ]);
    expect(of("aks-pay-2").safeguards).toMatchObject({
      state: "unavailable",
      gap: { reason: "accessDenied", remedy: expect.stringContaining("Reader") },
    });
    expect(of("aks-pay-1").safeguards).toMatchObject({ state: "collected" });
  });
});
