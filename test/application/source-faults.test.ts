import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/controls/index.ts";
import { factGroupsOf } from "../../src/domain/profile.ts";
import { createListedWorld } from "../../src/emulator/estate/listed-world.ts";
import { nightOne } from "../../src/emulator/estate/nights.ts";
import { subscriptions } from "../../src/emulator/estate/tenant.ts";
import type { Estate, ListedWorld } from "../../src/emulator/estate/world.ts";
import type { ServiceName } from "../../src/emulator/faults.ts";
import type { EmulatedRequest } from "../../src/emulator/service.ts";
import { wholeCatalogue } from "../emulator/estate/whole-catalogue.ts";
import { createWatch, type Night } from "../support/nights.ts";
import { hardenedFacts } from "../support/snapshot.ts";
import { canStrike, type Strike } from "../support/strikes.ts";

/** Few clusters that use every source. */
const estate: Estate = {
  nights: [createListedWorld(within(nightOne(), [subscriptions.data, subscriptions.payments]))],
};

function within(world: ListedWorld, kept: ListedWorld["subscriptions"]): ListedWorld {
  const ids = kept.map(({ subscriptionId }) => subscriptionId);
  const isOutside = (id: unknown) =>
    typeof id === "string" && id !== "" && !ids.some((one) => id.toLowerCase().includes(one));
  return {
    ...world,
    subscriptions: world.subscriptions.filter(({ subscriptionId }) => ids.includes(subscriptionId)),
    rows: world.rows.filter(({ subscriptionId }) => !isOutside(subscriptionId)),
    armOnly: Object.fromEntries(Object.entries(world.armOnly).filter(([id]) => !isOutside(id))),
  };
}

type Source = string;

/** What is asked, in a word: the first type a query names, or the service of Resource Manager. */
function sourceOf({ body }: EmulatedRequest, service: ServiceName): Source {
  if (service !== "resourceGraph") return service;
  const { query } = JSON.parse(body) as { readonly query: string };
  return /type (?:=~|in~) \(?'([^']+)'/.exec(query)?.[1] ?? query;
}

const roles = ["clusterAccess", "nodeGroupAccess", "identityGrants", "nodeIdentities", "federatedIdentities"];
const policies = ["assignedPolicies", "workloadScan"];

/** The facts that each source tells, alone or with others. Where nobody needs it alone, there is nothing it could hide. */
const told: Readonly<Record<Source, readonly string[]>> = {
  "microsoft.compute/virtualmachinescalesets": ["nodeImages", "nodeAddresses", "nodeIdentities"],
  "microsoft.network/virtualnetworks": ["subnetRoutes"],
  "microsoft.network/routetables": ["subnetRoutes"],
  "microsoft.security/pricings": ["defenderPlan", "defenderPricings"],
  "microsoft.security/assessments": ["imageVulnerabilities"],
  "microsoft.management/managementgroups": [...roles, ...policies],
  "microsoft.authorization/roleassignments": roles,
  "microsoft.authorization/roledefinitions": roles,
  "microsoft.containerservice/fleets/members": ["clusterAccess"],
  "microsoft.managedidentity/userassignedidentities": ["federatedIdentities"],
  "microsoft.authorization/policyassignments": policies,
  "microsoft.authorization/policyexemptions": policies,
  "microsoft.authorization/policysetdefinitions": policies,
  "microsoft.policyinsights/policystates": ["workloadScan"],
  "microsoft.policyinsights/componentpolicystates": ["workloadScan"],
  diagnosticSettings: ["diagnosticSettings"],
  workspaces: ["diagnosticSettings"],
  maintenanceConfigurations: ["maintenanceWindows"],
  kubernetesVersions: ["regionVersions"],
  safeguards: ["safeguards"],
  trustedAccess: ["trustedIssuers"],
  jwtAuthenticators: ["trustedIssuers"],
  federatedCredentials: ["federatedIdentities"],
  directory: ["adminGroupMembers"],
  managedClusters: ["latestImages"],
  pricings: ["defenderPlan", "defenderPricings"],
};

/** The fleet itself: without these there is nothing to judge, which tests of their own are about. */
const fleet: readonly Source[] = [
  "microsoft.resources/subscriptions",
  "microsoft.containerservice/managedclusters",
];

function sweep(source?: Source, strike?: Strike): Promise<Night> {
  const watch = createWatch({ profile: wholeCatalogue }, estate, { clustersPerBatch: 1000, tryTimeoutInMs });
  if (strike) {
    const match = (request: EmulatedRequest, service: ServiceName) => sourceOf(request, service) === source;
    watch.azure.faults.add({ ...strike, match });
  }
  return watch.sweep("2026-11-20");
}

/** As long as a hanging request is waited for; nothing here takes longer to answer than the next turns of the loop. */
const tryTimeoutInMs = 20;

/** A sweep that nobody disturbs, and whom it asks. */
const { truth, sources } = await (async () => {
  const watch = createWatch({ profile: wholeCatalogue }, estate, { clustersPerBatch: 1000 });
  const sources = new Map<Source, ServiceName>();
  watch.azure.faults.add({
    kind: "reset",
    match(request, service) {
      sources.set(sourceOf(request, service), service);
      return false;
    },
  });
  return { truth: await watch.sweep("2026-11-20"), sources };
})();

const strikes: readonly Strike[] = [
  ...(["401", "403", "409", "422", "429-without-retry-after", "500", "503"] as const).map((kind) => ({
    kind,
  })),
  ...(["html", "truncatedJson", "emptyBody", "hang", "reset", "jsonNull", "jsonArray"] as const).map(
    (kind) => ({
      kind,
    }),
  ),
  ...(["endlessPages", "truncatedWithoutToken", "countTooHigh", "totalTooHigh"] as const).map((kind) => ({
    kind,
  })),
];

const cases = [...sources]
  .filter(([source]) => !fleet.includes(source))
  .flatMap(([source, service]) =>
    strikes
      .filter((strike) => canStrike(strike, service))
      .map((strike) => ({ source, strike, kind: strike.kind })),
  );

/** Whether a control rests on what a source tells. */
function restsOn(control: string, source: Source): boolean {
  const found = catalogue.find(({ id }) => id === control);
  if (!found) return false;
  const groups = factGroupsOf({ name: "one", controls: [{ control: found, severity: found.severity }] });
  return (told[source] ?? []).some((group) => (groups as ReadonlySet<string>).has(group));
}

describe("a source with a fault", () => {
  it("is one of those that are told apart here, and names facts there are", () => {
    const known = new Set([...fleet, ...Object.keys(told)]);
    expect([...sources.keys()].filter((source) => !known.has(source))).toEqual([]);
    const facts = new Set(Object.keys(hardenedFacts));
    expect(
      Object.values(told)
        .flat()
        .filter((group) => !facts.has(group)),
    ).toEqual([]);
  });

  it.each(cases)("$source, $kind: leaves unknown what rests on it, and the rest as it is", async (one) => {
    const night = await sweep(one.source, one.strike);
    expect([...night.clusters.keys()].sort()).toEqual([...truth.clusters.keys()].sort());
    for (const [name, { findings }] of night.clusters) {
      for (const [index, { control, verdict }] of findings.entries()) {
        const undisturbed = truth.clusters.get(name)?.findings[index];
        if (verdict.kind === undisturbed?.verdict.kind) continue;
        expect([name, control, verdict.kind, restsOn(control, one.source)]).toEqual([
          name,
          control,
          "unknown",
          true,
        ]);
        expect(verdict.reason).toMatch(/\S/);
      }
    }
  });

  it.each([...sources.keys()].filter((source) => !fleet.includes(source)))(
    "%s, refused: is told with the right that is missing, wherever it hides anything",
    async (source) => {
      const { clusters } = await sweep(source, { kind: "403" });
      for (const [name, { findings }] of clusters) {
        for (const [index, { control, verdict }] of findings.entries()) {
          if (verdict.kind === truth.clusters.get(name)?.findings[index]?.verdict.kind) continue;
          expect(`${control}: ${verdict.reason}`).toMatch(/\brole\b|permission/);
        }
      }
    },
  );
});
