import { describe, expect, it } from "vitest";
import { createFleetSource } from "../../../../src/adapters/azure/fleet-source.ts";
import { collectFacts } from "../../../../src/application/collect-facts.ts";
import { createFactSources } from "../../../../src/composition/fact-sources.ts";
import type { RawObject } from "../../../../src/emulator/estate/world.ts";
import type { Fault } from "../../../../src/emulator/faults.ts";
import {
  assignment,
  control,
  kubelet,
  person,
  place,
  roles,
  worldWith,
} from "../../../support/access-world.ts";
import { emulatedAccess } from "../../../support/emulated-access.ts";
import { nothingElsewhere, readFacts } from "../../../support/fact-source.ts";
import { listed } from "../../../support/outcomes.ts";
import { payments } from "../../../support/world-small.ts";

/** Nobody sweeps this one; the monitor may read it all the same. */
const elsewhere = "44444444-4444-4444-8444-444444444444";

async function read(rows: readonly RawObject[], faults: readonly Fault[] = [], properties: RawObject = {}) {
  const world = worldWith(rows, {}, properties);
  const subscriptions = [
    ...world.subscriptions,
    {
      subscriptionId: elsewhere,
      displayName: "elsewhere",
      managementGroups: ["mg-root"],
      access: "granted" as const,
    },
  ];
  const { of } = await readFacts("identityGrants", { ...world, subscriptions }, faults);
  return of("aks-pay-1").identityGrants;
}

describe("the roles of a cluster's identities", () => {
  it("are those of the kubelet and of the control plane, and nobody else's", async () => {
    const reading = await read([
      assignment(kubelet.toUpperCase(), roles.contributor, place.group),
      assignment(control, roles.owner, place.subscription),
      assignment(person, roles.owner, place.group, "User"),
    ]);
    expect(reading).toMatchObject({
      state: "collected",
      value: {
        nodeGroupId: expect.stringContaining("mc_pay-1"),
        grants: [
          { principalId: kubelet, scope: place.group },
          { principalId: control, scope: place.subscription },
        ],
      },
    });
  });

  it("are found in subscriptions without any cluster", async () => {
    const scope = `/subscriptions/${elsewhere}`;
    expect(await read([assignment(kubelet, roles.contributor, scope)])).toMatchObject({
      state: "collected",
      value: { grants: [{ principalId: kubelet, scope }] },
    });
  });

  it("are found there for assignments that do not say what their holder is", async () => {
    const scope = `/subscriptions/${elsewhere}`;
    expect(await read([assignment(kubelet, roles.contributor, scope, "")])).toMatchObject({
      value: { grants: [{ scope }] },
    });
  });

  it("are asked for once, although the nodes' identities are among them", async () => {
    const { access, azure } = emulatedAccess(worldWith([]));
    const items = await listed(createFleetSource(access).clusters([payments]));
    const clusters = items.filter((item) => "readings" in item);
    azure.clearRequests();
    const bodies: string[] = [];
    azure.faults.add({
      kind: "reset",
      match({ body }) {
        bodies.push(body);
        return false;
      },
    });
    await collectFacts(
      createFactSources(access),
      new Set(["identityGrants", "nodeIdentities"]),
      clusters,
      nothingElsewhere(),
    );
    expect(bodies.filter((body) => body.includes(kubelet))).toHaveLength(1);
    expect(bodies.filter((body) => body.includes("fleets/members"))).toHaveLength(1);
  });

  it("hold no small ones", async () => {
    expect(await read([assignment(kubelet, roles.reader, place.subscription)])).toMatchObject({
      state: "collected",
      value: { grants: [] },
    });
  });

  it("may be more than was read when Azure refuses to look through the tenant", async () => {
    const faults: readonly Fault[] = [
      {
        match: { service: "resourceGraph", bodyIncludes: "tostring(properties.principalId)" },
        kind: "403",
      },
    ];
    expect(await read([assignment(kubelet, roles.contributor, place.group)], faults)).toMatchObject({
      state: "partial",
      value: { grants: [{ principalId: kubelet }] },
      gap: { reason: "accessDenied" },
    });
  });

  it("are looked for in the cluster's own subscription by their holders when its assignments are refused", async () => {
    const faults: readonly Fault[] = [
      { match: { service: "resourceGraph", bodyIncludes: "AtScopeAboveAndBelow" }, kind: "403" },
    ];
    expect(await read([assignment(kubelet, roles.contributor, place.group)], faults)).toMatchObject({
      state: "partial",
      value: { grants: [{ principalId: kubelet, scope: place.group }] },
      gap: { reason: "accessDenied" },
    });
  });

  it("are unread when the row does not tell its identities", async () => {
    expect(await read([], [], { identityProfile: "kubelet" })).toMatchObject({
      state: "unavailable",
      gap: { reason: "malformed", detail: expect.stringContaining("properties.identityProfile is a string") },
    });
  });
});
