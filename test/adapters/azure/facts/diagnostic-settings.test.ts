import { describe, expect, it } from "vitest";
import type { ListedWorld, RawObject } from "../../../../src/emulator/estate/world.ts";
import { readFacts } from "../../../support/fact-source.ts";
import { clusterRow, payments, smallWorld, wideWorld } from "../../../support/world-small.ts";

const workspace = `/subscriptions/${payments}/resourceGroups/rg-observability/providers/Microsoft.OperationalInsights/workspaces/law-one`;

function idOf(name: string): string {
  return String(clusterRow(payments, name).id);
}

function setting(cluster: string, name: string, properties: RawObject): RawObject {
  const id = `${idOf(cluster)}/providers/microsoft.insights/diagnosticSettings/${name}`;
  return { id, name, type: "Microsoft.Insights/diagnosticSettings", properties };
}

const workspaceRow = {
  id: workspace,
  name: "law-one",
  type: "microsoft.operationalinsights/workspaces",
  resourceGroup: "rg-observability",
  subscriptionId: payments,
  properties: {},
};

function worldWith(settings: readonly RawObject[], rows: readonly RawObject[] = [workspaceRow]): ListedWorld {
  const world = smallWorld();
  const armOnly = Object.fromEntries(settings.map((one) => [String(one.id).toLowerCase(), one]));
  return { ...world, rows: [...world.rows, ...rows], armOnly };
}

const logs = [
  { category: "kube-audit", categoryGroup: null, enabled: true },
  { category: "guard", categoryGroup: null, enabled: false },
  { category: null, categoryGroup: "audit", enabled: true },
];

describe("diagnostic settings", () => {
  it("are told with their enabled logs and where they go", async () => {
    const world = worldWith([
      setting("aks-pay-1", "to-law", { workspaceId: workspace, storageAccountId: "/sa", logs }),
    ]);
    const { of } = await readFacts("diagnosticSettings", world);
    expect(of("aks-pay-1").diagnosticSettings).toEqual({
      state: "collected",
      value: [
        {
          path: `${idOf("aks-pay-1")}/providers/microsoft.insights/diagnosticSettings/to-law`,
          name: "to-law",
          workspace: { id: workspace, presence: "present" },
          otherDestinations: ["a storage account"],
          categories: ["kube-audit"],
          categoryGroups: ["audit"],
        },
      ],
    });
    expect(of("aks-pay-2").diagnosticSettings).toEqual({ state: "collected", value: [] });
  });

  it.each([
    ["is gone", [], [], "absent"],
    [
      "nobody may look at",
      [workspaceRow],
      [{ match: { service: "workspaces" }, kind: "403" }] as const,
      "unread",
    ],
  ])("name a workspace that %s, and it is looked for once", async (_, rows, faults, presence) => {
    const sending = { workspaceId: workspace, logs };
    const others = [{ ...workspaceRow, id: `${workspace}-2` }];
    const world = worldWith(
      [setting("aks-pay-1", "to-law", sending), setting("aks-pay-2", "to-law", sending)],
      [...rows, ...others],
    );
    const { of, requests } = await readFacts("diagnosticSettings", world, faults);
    for (const name of ["aks-pay-1", "aks-pay-2"])
      expect(of(name).diagnosticSettings).toMatchObject({ value: [{ workspace: { presence } }] });
    expect(requests.filter(({ service }) => service === "workspaces")).toHaveLength(1);
  });

  it("that cannot be read leave the others as they are", async () => {
    const world = worldWith([setting("aks-pay-2", "to-law", { workspaceId: workspace, logs })]);
    const { of } = await readFacts("diagnosticSettings", world, [
      { match: { pathIncludes: "aks-pay-1" }, kind: "403" },
    ]);
    expect(of("aks-pay-1").diagnosticSettings).toMatchObject({
      state: "unavailable",
      gap: { scope: idOf("aks-pay-1"), reason: "accessDenied", remedy: expect.stringContaining("Reader") },
    });
    expect(of("aks-pay-2").diagnosticSettings).toMatchObject({ state: "collected" });
  });

  it("of a wrong type are unread", async () => {
    const world = worldWith([setting("aks-pay-1", "to-law", { workspaceId: 7, logs })]);
    const { of } = await readFacts("diagnosticSettings", world);
    expect(of("aks-pay-1").diagnosticSettings).toMatchObject({
      state: "unavailable",
      gap: { reason: "malformed", detail: expect.stringContaining("properties.workspaceId is a number") },
    });
  });

  it("are not asked of every cluster where a subscription only refuses, and each still has its gap", async () => {
    const { of, requests } = await readFacts("diagnosticSettings", wideWorld(60), [
      { match: { service: "diagnosticSettings" }, kind: "403" },
    ]);
    expect(requests.length).toBeLessThan(20);
    for (const number of ["00000", "00059"])
      expect(of(`aks-${number}`).diagnosticSettings).toMatchObject({
        state: "unavailable",
        gap: { reason: "accessDenied" },
      });
  });
});
