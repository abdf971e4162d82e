import { describe, expect, it } from "vitest";
import type { RawObject } from "../../../../src/emulator/estate/world.ts";
import type { Fault } from "../../../../src/emulator/faults.ts";
import { assignment, kubelet, place, roles, workload, worldWith } from "../../../support/access-world.ts";
import { readFacts } from "../../../support/fact-source.ts";
import { payments } from "../../../support/world-small.ts";

const registry = `${place.group}/providers/Microsoft.ContainerRegistry/registries/acr`;

function machine(name: string, identity: unknown, kind = "virtualMachineScaleSets", pool = "sys"): RawObject {
  return {
    id: `${place.nodeGroup}/providers/Microsoft.Compute/${kind}/${name}`,
    name,
    type: `microsoft.compute/${kind.toLowerCase()}`,
    resourceGroup: "mc_PAY-1",
    subscriptionId: payments,
    tags: { "aks-managed-poolName": pool },
    identity,
    properties: {},
  };
}

const assigned = (principalId: string | number) => ({
  type: "UserAssigned",
  userAssignedIdentities: { "/subscriptions/x/id": { clientId: "x", principalId } },
});
const good = machine("aks-sys", assigned(kubelet));

async function read(rows: readonly RawObject[], faults: readonly Fault[] = [], properties: RawObject = {}) {
  const { of } = await readFacts("nodeIdentities", worldWith(rows, {}, properties), faults);
  return of("aks-pay-1").nodeIdentities;
}

describe("the identities of nodes", () => {
  it("are those of scale sets and machines, assigned by the system or by people, with their mighty roles", async () => {
    const reading = await read([
      good,
      machine(
        "aks-x1",
        { ...assigned(kubelet), type: "SystemAssigned, UserAssigned", principalId: workload },
        "virtualMachines",
        "x",
      ),
      assignment(workload, roles.acrPush, registry),
      assignment(kubelet, roles.reader, place.subscription),
    ]);
    expect(reading).toMatchObject({
      state: "collected",
      value: {
        identities: [
          { path: expect.stringMatching(/aks-sys$/), principalId: kubelet },
          { path: expect.stringMatching(/aks-x1$/), principalId: workload },
          { path: expect.stringMatching(/aks-x1$/), principalId: kubelet },
        ],
        grants: [{ principalId: workload, scope: registry }],
      },
    });
  });

  it("may be none at all", async () => {
    expect(await read([machine("aks-sys", null)])).toMatchObject({
      state: "collected",
      value: { identities: [], grants: [] },
    });
  });

  it("may be more than was read when a pool's machines are not shown", async () => {
    expect(
      await read([machine("aks-other", assigned(kubelet), "virtualMachineScaleSets", "other")]),
    ).toMatchObject({
      state: "partial",
      gap: { reason: "incomplete", detail: expect.stringContaining("pool sys") },
    });
  });

  it("may be more than was read when no machine is shown of a cluster that lists no pool", async () => {
    expect(await read([], [], { agentPoolProfiles: [] })).toMatchObject({
      state: "partial",
      gap: { detail: expect.stringContaining("any machine") },
    });
  });

  it("may be more than was read when one of them cannot be made out", async () => {
    expect(await read([good, machine("aks-two", assigned(7))])).toMatchObject({
      state: "partial",
      value: { identities: [{ principalId: kubelet }] },
      gap: { reason: "malformed", scope: expect.stringMatching(/aks-two$/) },
    });
  });

  it("may be more than was read when Azure refuses to show machines", async () => {
    const faults: readonly Fault[] = [
      { match: { service: "resourceGraph", bodyIncludes: "virtualmachinescalesets" }, kind: "403" },
    ];
    expect(await read([good], faults)).toMatchObject({ state: "partial", gap: { reason: "accessDenied" } });
  });

  it("are unread when the cluster does not name its node resource group", async () => {
    expect(await read([good], [], { nodeResourceGroup: null })).toMatchObject({
      state: "unavailable",
      gap: { reason: "malformed" },
    });
  });
});
