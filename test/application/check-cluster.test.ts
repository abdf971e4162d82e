import { describe, expect, it } from "vitest";
import { createClusterSource } from "../../src/adapters/azure/cluster-source.ts";
import { checkCluster } from "../../src/application/check-cluster.ts";
import { createFactSources } from "../../src/composition/fact-sources.ts";
import { findProfile } from "../../src/controls/profiles.ts";
import type { RawObject } from "../../src/emulator/estate/world.ts";
import type { Fault } from "../../src/emulator/faults.ts";
import { emulatedAccess } from "../support/emulated-access.ts";
import { clusterRow, payments, pricingRow, smallWorld } from "../support/world-small.ts";

const cluster = clusterRow(payments, "aks-1");
const scanning = [{ name: "ContainerRegistriesVulnerabilityAssessments", isEnabled: "True" }];

function posture(properties: RawObject): RawObject {
  return {
    ...pricingRow(payments, "Free"),
    id: `/subscriptions/${payments}/providers/Microsoft.Security/pricings/CloudPosture`,
    name: "CloudPosture",
    properties,
  };
}

/** Checks the cluster live; answers the verdicts by control, and what was asked of pricings. */
async function check(profileName: string, rows: readonly RawObject[], ...faults: readonly Fault[]) {
  const { access, azure } = emulatedAccess(smallWorld({ rows: [cluster, ...rows] }), { faults });
  const profile = findProfile(profileName);
  if (profile === null) throw new Error(`There is no profile ${profileName}.`);
  const result = await checkCluster(
    {
      clusters: createClusterSource(access),
      facts: createFactSources(access),
      clock: { now: () => "2026-11-21T09:00:00Z" },
      profile,
      asOf: null,
    },
    String(cluster.id),
    payments,
  );
  const findings = result?.clusters[0]?.findings ?? [];
  return {
    verdictOf: (id: string) => findings.find(({ control }) => control === id)?.verdict.kind,
    asked: azure.requests.flatMap(({ service, path }) => (service === "pricings" ? [path] : [])),
  };
}

describe("Defender's plans in a live check", () => {
  it("are those for containers and for posture, each asked once", async () => {
    const { verdictOf, asked } = await check("default", [
      pricingRow(payments, "Free"),
      posture({ pricingTier: "Standard", extensions: scanning }),
    ]);
    expect(verdictOf("monitoring.defender-plan-on")).toBe("fail");
    expect(verdictOf("images.registry-scanning-on")).toBe("pass");
    expect(new Set(asked).size).toBe(3);
    expect(asked).toHaveLength(3);
  });

  it("are the subscription's where the cluster has none of its own, as far as registries go", async () => {
    const plan = pricingRow(payments, "Standard");
    const { verdictOf } = await check("default", [
      { ...plan, properties: { pricingTier: "Standard", extensions: scanning } },
      posture({ pricingTier: "Free" }),
    ]);
    expect(verdictOf("images.registry-scanning-on")).toBe("pass");
  });

  it("are those for containers alone where nobody asks for more", async () => {
    const { asked } = await check("headline", [pricingRow(payments, "Standard")]);
    expect(asked).toHaveLength(2);
    expect(asked.join()).not.toContain("CloudPosture");
  });

  it.each([
    ["refused", [posture({ pricingTier: "Free" })], "403"],
    ["not there", [], null],
  ] as const)("leave only registries unknown where the one for posture is %s", async (_, rows, kind) => {
    const faults = kind ? [{ match: { pathIncludes: "pricings/CloudPosture" }, kind }] : [];
    const { verdictOf } = await check("default", [pricingRow(payments, "Standard"), ...rows], ...faults);
    expect(verdictOf("monitoring.defender-plan-on")).toBe("pass");
    expect(verdictOf("images.registry-scanning-on")).toBe("unknown");
  });
});
