import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Verdict } from "../../../src/domain/verdict.ts";
import { createInspectingWatch, type InspectingWatch } from "../../support/inspecting-watch.ts";
import { createWatch, type Night } from "../../support/nights.ts";
import { companyCatalogue, wholeCatalogue } from "./whole-catalogue.ts";

// What the estate's clusters show to whoever looks into them, and what they show of it from outside.

const inspected = [
  "identity.kubernetes-bindings-by-group",
  "network.default-deny-everywhere",
  "workloads.cluster-admin-bindings-absent",
  "secrets.not-in-environment",
  "secrets.mounted-by-driver",
  "images.from-allowed-registries",
  "images.pinned-by-digest",
] as const;

type Inspected = (typeof inspected)[number];

let watch: InspectingWatch;
let inside: Night;
let outside: Night;

beforeAll(async () => {
  watch = await createInspectingWatch({ profile: companyCatalogue });
  inside = await watch.sweep("2026-11-20");
  outside = await createWatch({ profile: companyCatalogue }).sweep("2026-11-20");
});
afterAll(() => watch.close());

describe("a cluster in order", () => {
  it.each([
    // Private, in a network that the monitor's is peered with.
    "aks-pay-prod-weu-01",
    "aks-pay-prod-neu-01",
    "aks-search-prod-neu-01",
    "aks-retail-cn3-01",
  ])("passes all that is judged inside: %s", (cluster) => {
    for (const control of inspected)
      expect([control, verdictOn(cluster, control).kind]).toEqual([control, "pass"]);
  });

  it.each([
    ["aks-platform-obs-weu-01", "CiliumClusterwideNetworkPolicy/default-deny"],
    ["aks-edge-cdn-neu-01", "GlobalNetworkPolicy/default-deny"],
  ])("may deny by one policy for all its namespaces: %s", (cluster, policy) => {
    const { kind, evidence } = verdictOn(cluster, "network.default-deny-everywhere");
    expect(kind).toBe("pass");
    expect(JSON.stringify(evidence)).toContain(policy);
  });
});

/** What fails where, and what the evidence names. */
const failures: readonly (readonly [cluster: string, control: Inspected, ...named: readonly string[]])[] = [
  [
    "aks-checkout-prod-weu-01",
    "network.default-deny-everywhere",
    "Namespace/checkout",
    "NetworkPolicy/allow-all",
  ],
  ["aks-data-share-weu-01", "network.default-deny-everywhere", "Namespace/exchange"],
  ["aks-retail-pos-weu-01", "network.default-deny-everywhere", "Namespace/retail", "egress"],
  ["aks-checkout-load-weu-01", "network.default-deny-everywhere", "networkPolicy", "none"],
  [
    "aks-checkout-canary-neu-01",
    "identity.kubernetes-bindings-by-group",
    "checkout/RoleBinding/canary-debug",
  ],
  ["aks-checkout-canary-neu-01", "identity.kubernetes-bindings-by-group", "ClusterRoleBinding/release-watch"],
  ["aks-platform-ci-weu-01", "workloads.cluster-admin-bindings-absent", "ClusterRoleBinding/agents"],
  ["aks-data-spark-weu-01", "workloads.cluster-admin-bindings-absent", "ClusterRoleBinding/spark-operator"],
  ["aks-platform-obs-weu-01", "workloads.cluster-admin-bindings-absent", "nodes/proxy"],
  ["aks-pay-test-weu-01", "secrets.not-in-environment", "pay/Deployment/ledger", "DATABASE_PASSWORD"],
  ["aks-platform-ci-weu-01", "secrets.not-in-environment", "agents/StatefulSet/agent"],
  ["aks-pay-test-weu-01", "secrets.mounted-by-driver", "pay/StatefulSet/acquirer", "acquirer-keys"],
  [
    "aks-retail-promo-weu-01",
    "images.from-allowed-registries",
    "default/Pod/banner-6d9f7",
    "registry.agency.example",
  ],
  ["aks-retail-promo-weu-01", "images.pinned-by-digest", "default/Pod/banner-6d9f7", "latest"],
  ["aks-data-share-weu-01", "images.pinned-by-digest", "exchange/DaemonSet/shipper"],
  ["aks-data-spark-weu-01", "images.pinned-by-digest", "spark/Deployment/operator", "2.3.0"],
];

describe("what is wrong inside", () => {
  it.each(failures.map(([cluster, control, ...named]) => ({ cluster, control, named })))(
    "$cluster fails $control, naming $named",
    ({ cluster, control, named }) => {
      const { kind, evidence } = verdictOn(cluster, control);
      expect(kind).toBe("fail");
      for (const one of named) expect(JSON.stringify(evidence)).toContain(one);
    },
  );

  it("is told without a person's name, and without the value of a secret", () => {
    const told = JSON.stringify(inside.evidence);
    expect(told).toContain("@contoso.example");
    expect(told).not.toMatch(/release-oncall|not-a-key/);
  });
});

const neverLooked = [
  ["is stopped", "aks-erp-reports-weu-01", /stopped/],
  ["does not integrate Entra", "aks-sbx-play-weu-01", /managed Microsoft Entra ID/],
  ["integrates Entra as in former times", "aks-data-etl-weu-01", /managed Microsoft Entra ID/],
  ["is private, its name known elsewhere", "aks-platform-hub-weu-01", /private/],
] as const;

const unreadable = [
  ["says nothing sensible of Entra", "aks-erp-import-weu-01", /aadProfile is a string/],
  ["refuses its credential", "aks-edge-pop-weu-01", /Cluster User Role/],
  ["refuses everything inside", "aks-ml-notebooks-swc-01", /RBAC Reader/],
  ["cuts the monitor off", "aks-mkt-cms-neu-01", /ECONNRESET/],
] as const;

describe("a cluster that was not looked into", () => {
  it.each([...neverLooked, ...unreadable])("passes nothing and says why, if it %s", (_, cluster, why) => {
    for (const control of inspected) {
      const verdict = verdictOn(cluster, control);
      // Without an engine no look inside is needed, and of registries Azure Policy tells as well.
      if (verdict.kind === "fail" || control === "images.from-allowed-registries") continue;
      expect([control, verdict.kind]).toEqual([control, "unknown"]);
      expect(`${verdict.reason} ${JSON.stringify(gapsOn(cluster))}`).toMatch(why);
    }
  });

  it.each(neverLooked)("is no gap, if it %s", (_, cluster) => {
    const inspection = gapsOn(cluster).filter(({ detail }) => /Kubernetes API|way into/.test(detail));
    expect(inspection).toEqual([]);
  });

  it.each(unreadable)("is a gap, if it %s", (_, cluster, why) => {
    expect(JSON.stringify(gapsOn(cluster))).toMatch(why);
  });

  it("is asked for no credential where that is an administrator's, and for nothing where it is stopped", () => {
    const asked = watch.azure.requests.filter(
      ({ service }) => service === "clusterCredentials" || service === "kubernetes",
    );
    expect(asked.length).toBeGreaterThan(100);
    const closed = neverLooked
      .map(([, cluster]) => cluster)
      .filter((name) => name !== "aks-platform-hub-weu-01");
    for (const cluster of [...closed, "aks-erp-import-weu-01"]) {
      expect(asked.filter(({ path }) => path.includes(cluster))).toEqual([]);
    }
  });

  it("keeps what can be told of it without roles and custom resources", () => {
    expect(verdictOn("aks-data-lake-neu-01", "images.pinned-by-digest").kind).toBe("pass");
    expect(verdictOn("aks-data-lake-neu-01", "secrets.not-in-environment").kind).not.toBe("fail");
    for (const control of ["identity.kubernetes-bindings-by-group", "secrets.mounted-by-driver"] as const) {
      expect(verdictOn("aks-data-lake-neu-01", control).kind).toBe("unknown");
    }
  });
});

describe("looking inside", () => {
  it("reads alone, and no secrets", () => {
    const asked = watch.azure.requests.filter(({ service }) => service === "kubernetes");
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(["GET"]));
    expect(asked.filter(({ path }) => /\/secrets(?:\/|$)/.test(path))).toEqual([]);
  });

  it("tells the same of workloads as Azure Policy does, offender by offender", () => {
    let compared = 0;
    for (const [cluster, { findings }] of inside.clusters) {
      for (const [index, { control, verdict }] of findings.entries()) {
        if (!control.startsWith("workloads.") || !saysSource(verdict, "Kubernetes API")) continue;
        const before = outside.clusters.get(cluster)?.findings[index]?.verdict;
        if (before === undefined || before.kind === "unknown" || before.kind === "notApplicable") continue;
        compared += 1;
        expect([cluster, control, verdict.kind]).toEqual([cluster, control, before.kind]);
        if (verdict.kind === "fail") expect(podsIn(verdict)).toEqual(podsIn(before));
      }
    }
    expect(compared).toBeGreaterThan(200);
  });

  it("takes the word from nobody on registries that the profile does not name", async () => {
    const looking = await createInspectingWatch({ profile: wholeCatalogue });
    const notLooking = createWatch({ profile: wholeCatalogue });
    const nights = [await looking.sweep("2026-11-20"), await notLooking.sweep("2026-11-20")];
    const told = nights.map(({ clusters }) =>
      [...clusters]
        .map(([name, { findings }]) => {
          const found = findings.find(({ control }) => control === "images.from-allowed-registries");
          return `${name} ${found?.verdict.kind}`;
        })
        .sort(),
    );
    await looking.close();
    expect(told[0]).toEqual(told[1]);
    expect(told[0]).toContain("aks-retail-promo-weu-01 fail");
  });

  it("changes nothing of what is judged from outside", () => {
    for (const [cluster, { findings }] of inside.clusters) {
      for (const [index, { control, verdict }] of findings.entries()) {
        if (control.startsWith("workloads.") || inspected.some((one) => one === control)) continue;
        expect([cluster, control, verdict.kind]).toEqual([
          cluster,
          control,
          outside.clusters.get(cluster)?.findings[index]?.verdict.kind,
        ]);
      }
    }
  });
});

function verdictOn(cluster: string, control: Inspected): Verdict {
  const finding = inside.clusters.get(cluster)?.findings.find((one) => one.control === control);
  if (!finding) throw new Error(`${cluster} was not judged by ${control}.`);
  return finding.verdict;
}

function gapsOn(cluster: string) {
  return inside.sweep.gaps.filter(({ scope, detail }) => scope.includes(cluster) || detail.includes(cluster));
}

function saysSource({ evidence }: Verdict, source: string): boolean {
  return JSON.stringify(evidence).includes(source) || JSON.stringify(evidence).includes("/api/v1/pods");
}

/** Pods alone: of other objects only Azure Policy tells. */
function podsIn({ evidence }: Verdict): readonly string[] {
  return evidence
    .map(({ path }) => path)
    .filter((path) => /^[^/]+\/(?!Service\/)[A-Z]\w+\/[^/]+$/.test(path));
}
