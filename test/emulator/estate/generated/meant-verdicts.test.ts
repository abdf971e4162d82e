import { describe, expect, it } from "vitest";
import type { PostureFault } from "../../../../src/emulator/estate/generated/estate-shape.ts";
import {
  createGeneratedEstate,
  type GeneratedCluster,
} from "../../../../src/emulator/estate/generated/generated-estate.ts";
import { createWatch, type Night } from "../../../support/nights.ts";

/** Where each fault shows. */
const failing: Readonly<Record<PostureFault, string>> = {
  openApiServer: "control-plane.api-server-restricted",
  localAccounts: "identity.local-accounts-disabled",
  oldAzureLinux: "nodes.azure-linux-current",
  publicNodeAddresses: "nodes.public-ips-absent",
  addressedScaleSet: "nodes.public-ips-absent",
  sensorOff: "monitoring.defender-sensor-on",
  planOff: "monitoring.defender-plan-on",
};

const openDoor = "control-plane.open-door-absent";

/** A shape speaks of these controls alone; what else a generated cluster fails comes from its age. */
const spokenOf: ReadonlySet<string> = new Set([...Object.values(failing), openDoor]);

function controlsMeantToFail({ faults }: GeneratedCluster): readonly string[] {
  const controls = new Set([...faults].map((fault) => failing[fault]));
  if (faults.has("openApiServer") && faults.has("localAccounts")) controls.add(openDoor);
  return [...controls].sort();
}

/** The controls spoken of that each cluster was found to fail, or that nobody could decide, by its id in lower case. */
function controlsFound(
  { clusters }: Night,
  kind: "fail" | "unknown",
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...clusters.values()].map(({ cluster, findings }) => [
      cluster.id.toLowerCase(),
      findings
        .filter(({ control, verdict }) => verdict.kind === kind && spokenOf.has(control))
        .map(({ control }) => control)
        .sort(),
    ]),
  );
}

describe("a sweep of a generated estate", () => {
  it("finds on every night what is meant to be wrong, and nothing else", async () => {
    const half = { openApiServer: 0.3, localAccounts: 0.3, oldAzureLinux: 0.3, publicNodeAddresses: 0.2 };
    const estate = createGeneratedEstate({
      clusters: 120,
      subscriptions: 12,
      machinePools: 0.2,
      faults: { ...half, addressedScaleSet: 0.2, planOff: 0.4 },
      drift: 0.3,
    });
    const watch = createWatch({}, estate);
    for (const [night, date] of ["2026-11-20", "2026-11-21"].entries()) {
      const swept = await watch.sweep(date, night);
      const meant = [...estate.clusters(night)].map(
        (one) => [one.id.toLowerCase(), controlsMeantToFail(one)] as const,
      );
      expect(controlsFound(swept, "fail")).toEqual(new Map(meant));
      expect([...controlsFound(swept, "unknown").values()].flat()).toEqual([]);
      expect(swept.sweep.gaps).toEqual([]);
    }
  });

  it("finds in trouble no cluster fine that is not, and names what it could not read", async () => {
    const estate = createGeneratedEstate({
      seed: 3,
      clusters: 150,
      subscriptions: 15,
      troubles: {
        subscriptionRefused: 0.1,
        securityRefused: 0.2,
        computeRefused: 0.2,
        planOnlyInArm: 0.3,
        missingFromGraph: 0.1,
        scaleSetMissing: 0.1,
        malformed: 0.1,
      },
    });
    const swept = await createWatch({}, estate).sweep("2026-11-20");
    const failed = controlsFound(swept, "fail");
    const undecided = controlsFound(swept, "unknown");
    for (const one of estate.clusters(0)) {
      const id = one.id.toLowerCase();
      const isHidden = one.troubles.has("missingFromGraph") || one.troubles.has("subscriptionRefused");
      expect(failed.has(id), id).toBe(!isHidden);
      if (isHidden) continue;
      const meant = controlsMeantToFail(one);
      const seen = failed.get(id) ?? [];
      expect([...seen, ...(undecided.get(id) ?? [])], id).toEqual(expect.arrayContaining([...meant]));
      expect(meant, id).toEqual(expect.arrayContaining([...seen]));
    }
    const reasons = new Set(swept.sweep.gaps.map(({ reason }) => reason));
    expect([...reasons].sort()).toEqual(["accessDenied", "incomplete", "malformed"]);
  });
});
