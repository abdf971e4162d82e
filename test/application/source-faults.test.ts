import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/controls/index.ts";
import { factGroupsOf } from "../../src/domain/profile.ts";
import { createListedWorld } from "../../src/emulator/estate/listed-world.ts";
import { nightOne } from "../../src/emulator/estate/nights.ts";
import { subscriptions } from "../../src/emulator/estate/tenant.ts";
import type { Estate, ListedWorld } from "../../src/emulator/estate/world.ts";
import type { Fault, ServiceName } from "../../src/emulator/faults.ts";
import type { EmulatedRequest } from "../../src/emulator/service.ts";
import { companyCatalogue, wholeCatalogue } from "../emulator/estate/whole-catalogue.ts";
import { createInspectingWatch } from "../support/inspecting-watch.ts";
import { type Conditions, createWatch, type Night } from "../support/nights.ts";
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

/** What is asked, in a word: the first type a query names, the service of Resource Manager, or a list of the Kubernetes API. */
function sourceOf({ url, body }: EmulatedRequest, service: ServiceName): Source {
  if (service === "kubernetes") return new URL(url).pathname.split("/").slice(4).join("/");
  if (service !== "resourceGraph") return service;
  const { query } = JSON.parse(body) as { readonly query: string };
  return /type (?:=~|in~) \(?'([^']+)'/.exec(query)?.[1] ?? query;
}

const roles = ["clusterAccess", "nodeGroupAccess", "identityGrants", "nodeIdentities", "federatedIdentities"];
const policies = ["assignedPolicies", "workloadScan"];
const inside = [
  "namespaceIsolation",
  "kubernetesBindings",
  "environmentSecrets",
  "mountedSecrets",
  "podImages",
  "inspectedWorkloads",
];

/** What is asked of the Kubernetes API, and what each list tells. */
const lists: Readonly<Record<Source, readonly string[]>> = {
  // Whoever does not answer here is not asked for more.
  "api/v1/namespaces": inside,
  "api/v1/pods": [
    "namespaceIsolation",
    "environmentSecrets",
    "mountedSecrets",
    "podImages",
    "inspectedWorkloads",
  ],
  "apis/networking.k8s.io/v1/networkpolicies": ["namespaceIsolation"],
  "apis/cilium.io/v2/ciliumnetworkpolicies": ["namespaceIsolation"],
  "apis/cilium.io/v2/ciliumclusterwidenetworkpolicies": ["namespaceIsolation"],
  "apis/crd.projectcalico.org/v1/networkpolicies": ["namespaceIsolation"],
  "apis/crd.projectcalico.org/v1/globalnetworkpolicies": ["namespaceIsolation"],
  "apis/rbac.authorization.k8s.io/v1/roles": ["kubernetesBindings"],
  "apis/rbac.authorization.k8s.io/v1/clusterroles": ["kubernetesBindings"],
  "apis/rbac.authorization.k8s.io/v1/rolebindings": ["kubernetesBindings"],
  "apis/rbac.authorization.k8s.io/v1/clusterrolebindings": ["kubernetesBindings"],
  "apis/secrets-store.csi.x-k8s.io/v1/secretproviderclasses": ["mountedSecrets"],
  // Whether a group is installed that may not be listed.
  apis: inside,
};

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
  clusterCredentials: inside,
  ...lists,
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

/** A sweep that looks into the clusters as well, with a fault or without; those strike whatever matches. */
async function sweepInside(fault?: Fault, conditions: Conditions = {}): Promise<Night> {
  const watch = await createInspectingWatch({ profile: companyCatalogue }, estate, {
    clustersPerBatch: 1000,
    ...conditions,
  });
  if (fault) watch.azure.faults.add(fault);
  try {
    return await watch.sweep("2026-11-20");
  } finally {
    await watch.close();
  }
}

/** A fault that strikes nothing and notes who is asked. */
function noteIn(asked: Map<Source, ServiceName>): Fault {
  return {
    kind: "reset",
    match(request, service) {
      asked.set(sourceOf(request, service), service);
      return false;
    },
  };
}

/** A sweep that nobody disturbs, and whom it asks. */
const { truth, sources } = await (async () => {
  const watch = createWatch({ profile: wholeCatalogue }, estate, { clustersPerBatch: 1000 });
  const sources = new Map<Source, ServiceName>();
  watch.azure.faults.add(noteIn(sources));
  return { truth: await watch.sweep("2026-11-20"), sources };
})();

/** The same of one that looks into the clusters. */
const insideSources = new Map<Source, ServiceName>();
const insideTruth = await sweepInside(noteIn(insideSources));

const wrongTypes: Strike = { kind: "wrongTypes", seed: 3, alterations: 100_000 };

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

/** Nothing is said otherwise than undisturbed, but that what rests on the source is unknown. */
function expectHidden(night: Night, undisturbed: Night, restsOnIt: (control: string) => boolean): void {
  expect([...night.clusters.keys()].sort()).toEqual([...undisturbed.clusters.keys()].sort());
  for (const [name, { findings }] of night.clusters) {
    for (const [index, { control, verdict }] of findings.entries()) {
      if (verdict.kind === undisturbed.clusters.get(name)?.findings[index]?.verdict.kind) continue;
      expect([name, control, verdict.kind, restsOnIt(control)]).toEqual([name, control, "unknown", true]);
      expect(verdict.reason).toMatch(/\S/);
    }
  }
}

describe("a source with a fault", () => {
  it("is one of those that are told apart here, and names facts there are", () => {
    const known = new Set([...fleet, ...Object.keys(told)]);
    const asked = [...sources.keys(), ...insideSources.keys()];
    expect(asked.filter((source) => !known.has(source))).toEqual([]);
    const facts = new Set(Object.keys(hardenedFacts));
    expect(
      Object.values(told)
        .flat()
        .filter((group) => !facts.has(group)),
    ).toEqual([]);
  });

  it.each(cases)("$source, $kind: leaves unknown what rests on it, and the rest as it is", async (one) => {
    expectHidden(await sweep(one.source, one.strike), truth, (control) => restsOn(control, one.source));
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

describe("the way into the clusters, and what they answer, with a fault", () => {
  const ways = ["clusterCredentials", "kubernetes"] as const;
  const whole = ways.flatMap((service) =>
    [...strikes, wrongTypes, { kind: "expiredContinue" } as const]
      .filter((strike) => canStrike(strike, service))
      .map((strike) => ({ service, strike, kind: strike.kind })),
  );

  it.each(whole)("$service, $kind: leaves unknown what rests on it, and the rest as it is", async (one) => {
    const match = (_: EmulatedRequest, service: ServiceName) => service === one.service;
    // Over sockets a good answer takes longer; where nothing answers, nothing is waited for in vain.
    const waits = one.kind === "hang" ? { tryTimeoutInMs: 200 } : {};
    const night = await sweepInside({ ...one.strike, match }, waits);
    const sourcesOf = one.service === "kubernetes" ? Object.keys(lists) : [one.service];
    expectHidden(night, insideTruth, (control) => sourcesOf.some((source) => restsOn(control, source)));
  });

  const listed = [...insideSources].filter(([, service]) => service === "kubernetes");
  const perList = listed.flatMap(([source]) =>
    [{ kind: "403" } as const, { kind: "truncatedJson" } as const, wrongTypes].map((strike) => ({
      source,
      strike,
      kind: strike.kind,
    })),
  );

  it.each(perList)("$source, $kind: leaves unknown what rests on that list alone", async (one) => {
    const match = (request: EmulatedRequest, service: ServiceName) =>
      service === "kubernetes" && sourceOf(request, service) === one.source;
    expectHidden(await sweepInside({ ...one.strike, match }), insideTruth, (control) =>
      restsOn(control, one.source),
    );
  });

  it.each(ways)("%s, refused: is told with the right that is missing", async (refusing) => {
    const match = (_: EmulatedRequest, service: ServiceName) => service === refusing;
    const { clusters } = await sweepInside({ kind: "403", match });
    let hidden = 0;
    for (const [name, { findings }] of clusters) {
      for (const [index, { control, verdict }] of findings.entries()) {
        if (verdict.kind === insideTruth.clusters.get(name)?.findings[index]?.verdict.kind) continue;
        hidden += 1;
        expect(`${control}: ${verdict.reason}`).toMatch(/\brole\b/);
      }
    }
    expect(hidden).toBeGreaterThan(20);
  });

  it("changes nothing when a list expires once and is begun again", async () => {
    let pages = 0;
    const match = ({ url }: EmulatedRequest) => {
      const goesOn = new URL(url).searchParams.has("continue");
      pages += Number(goesOn);
      return goesOn;
    };
    const struck = await sweepInside({ kind: "expiredContinue", times: 1, match });
    expectHidden(struck, insideTruth, () => false);
    // The page that came too late, and the same once more.
    expect(pages).toBe(2);
  });
});
