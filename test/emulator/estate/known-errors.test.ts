import { beforeAll, describe, expect, it } from "vitest";
import type { ClusterFindings } from "../../../src/domain/finding.ts";
import type { Verdict } from "../../../src/domain/verdict.ts";
import { subscriptions } from "../../../src/emulator/estate/tenant.ts";
import { createWatch, type Night, type Watch } from "../../support/nights.ts";
import { wholeCatalogue } from "./whole-catalogue.ts";

// What other tools get wrong, each on a cluster of the estate that shows it.

let watch: Watch;
let first: Night;

beforeAll(async () => {
  watch = createWatch({ profile: wholeCatalogue });
  first = await watch.sweep("2026-11-20");
});

describe("an absent property is not false", () => {
  it("leaves open whether roles rule where the row should say and does not", () => {
    const verdict = verdictOn("aks-erp-archive-weu-01", "identity.kubernetes-rbac-enabled");
    expect(verdict).toMatchObject({ kind: "unknown", evidence: [{ observed: null }] });
  });

  it("leaves open whether nodes are renewed where nothing tells which default the cluster was made with", () => {
    expect(verdictOn("aks-erp-app-weu-01", "nodes.os-auto-upgrade-on").kind).toBe("unknown");
  });

  it("takes the public name for kept where the cluster does not say that it gave it up", () => {
    const verdict = verdictOn("aks-search-index-weu-01", "control-plane.private-dns-only");
    expect(verdict).toMatchObject({ kind: "fail", evidence: [{ observed: null, expected: false }] });
  });

  it("takes local accounts for enabled where nobody disabled them", () => {
    const verdict = verdictOn("aks-checkout-canary-neu-01", "identity.local-accounts-disabled");
    expect(verdict).toMatchObject({ kind: "fail", evidence: [{ observed: null, expected: true }] });
  });
});

describe("every pool is looked at", () => {
  it.each([
    "nodes.azure-linux-current",
    "nodes.versions-aligned",
    "nodes.disks-encrypted-at-host",
    "nodes.ssh-disabled",
    "nodes.trusted-launch-on",
  ])("%s fails by the third pool alone", (control) => {
    const { kind, evidence } = verdictOn("aks-pay-batch-weu-01", control);
    expect(kind).toBe("fail");
    const pools = evidence.flatMap(({ pool }) => (pool === undefined ? [] : [pool]));
    expect(new Set(pools)).toEqual(new Set(["nightly"]));
  });
});

describe("what is inherited counts", () => {
  it("finds the person who administers a cluster by a role at a management group far above it", () => {
    const { kind, evidence } = verdictOn("aks-erp-reports-weu-01", "identity.admin-access-by-group");
    expect(kind).toBe("fail");
    expect(evidence).toMatchObject([
      {
        path: expect.stringMatching(
          /^\/providers\/Microsoft\.Management\/managementGroups\/contoso-legacy\//,
        ),
      },
    ]);
  });
});

describe("the keys of add-ons match whatever their casing", () => {
  it.each([
    ["aks-pay-prod-neu-01", "workloads.policy-addon-on", "properties.addonProfiles.azurePolicy.enabled"],
    ["aks-pay-prod-weu-01", "workloads.policy-addon-on", "properties.addonProfiles.azurepolicy.enabled"],
    [
      "aks-platform-obs-weu-01",
      "monitoring.metrics-or-insights-on",
      "properties.addonProfiles.omsAgent.enabled",
    ],
  ])("on %s, for %s", (cluster, control, path) => {
    const verdict = verdictOn(cluster, control);
    expect(verdict.kind).toBe("pass");
    expect(verdict.evidence).toContainEqual(expect.objectContaining({ path, observed: true }));
  });
});

describe("a value is read for what it says", () => {
  it("takes the network policy none for no engine", () => {
    const verdict = verdictOn("aks-checkout-load-weu-01", "network.policy-engine-on");
    expect(verdict.kind).toBe("fail");
    expect(verdict.evidence).toContainEqual(expect.objectContaining({ observed: "none" }));
  });

  it("takes the tier Premium for a paid one", () => {
    const verdict = verdictOn("aks-data-stream-weu-01", "control-plane.paid-tier-used");
    expect(verdict).toMatchObject({ kind: "pass", evidence: [{ path: "sku.tier", observed: "Premium" }] });
  });

  it("sees the identity of a cluster that has one", () => {
    const { evidence } = verdictOn("aks-pay-prod-weu-01", "identity.managed-identity-used");
    expect(evidence).toContainEqual(expect.objectContaining({ observed: "UserAssigned" }));
  });
});

describe("a private cluster needs no ranges", () => {
  it.each([
    ["control-plane.api-server-restricted", "pass"],
    ["control-plane.private-cluster", "pass"],
    ["control-plane.authorized-ranges-narrow", "notApplicable"],
    ["control-plane.open-door-absent", "pass"],
  ])("%s: %s", (control, kind) => {
    expect(verdictOn("aks-pay-prod-weu-01", control).kind).toBe(kind);
  });
});

describe("what could not be read passes nothing", () => {
  it.each([
    // The provider Security is refused in this subscription.
    ["aks-data-spark-weu-01", "monitoring.defender-plan-on"],
    // The provider Compute is refused in this one.
    ["aks-ml-train-swc-01", "nodes.public-ips-absent"],
    // The pools say nothing of the nodes that auto-provisioning made.
    ["aks-search-prod-neu-01", "nodes.disks-encrypted-at-host"],
    // The list of pools is null.
    ["aks-erp-archive-weu-01", "nodes.ssh-disabled"],
  ])("on %s, for %s", (cluster, control) => {
    const verdict = verdictOn(cluster, control);
    expect(verdict.kind).toBe("unknown");
    expect(verdict.reason).not.toBe("");
  });

  it("passes nothing by a row that is broken everywhere", () => {
    const passed = findingsOf(first, "aks-erp-import-weu-01").filter(
      ({ verdict }) => verdict.kind === "pass",
    );
    const paths = passed.flatMap(({ verdict }) => verdict.evidence.map(({ path }) => path));
    expect(paths.filter((path) => /^(properties|sku|identity|location)\b/.test(path))).toEqual([]);
  });
});

describe("a subscription that refuses stays in the report", () => {
  it("keeps its clusters, with all that failed on them blinded, and names what it refused", async () => {
    const clusters = ["aks-mkt-web-weu-01", "aks-mkt-cms-neu-01"];
    const failedBefore = clusters.map((cluster) => failuresOf(first, cluster));
    const second = await watch.sweep("2026-11-21", 1);
    for (const [index, cluster] of clusters.entries()) {
      const findings = findingsOf(second, cluster);
      expect(new Set(findings.map(({ verdict }) => verdict.kind))).toEqual(new Set(["unknown"]));
      const blinded = findings.filter(({ status }) => status === "blinded");
      expect(blinded.map(({ control }) => control)).toEqual(failedBefore[index]);
    }
    const scope = `/subscriptions/${subscriptions.marketing.subscriptionId}`;
    const gaps = second.sweep.gaps.filter((gap) => gap.scope.startsWith(scope));
    expect(gaps.length).toBeGreaterThan(0);
    expect(new Set(gaps.map(({ reason }) => reason))).toEqual(new Set(["accessDenied"]));
  });

  it("is named even if nothing of it was ever seen", async () => {
    const scope = `/subscriptions/${subscriptions.loyalty.subscriptionId}`;
    const asked = { subscriptions: [subscriptions.loyalty.subscriptionId], managementGroups: [] };
    const { sweep } = await createWatch({ profile: wholeCatalogue }).sweep("2026-11-20", 0, asked);
    expect(sweep.gaps).toMatchObject([{ scope, reason: "accessDenied" }]);
  });
});

function verdictOn(cluster: string, control: string): Verdict {
  const finding = findingsOf(first, cluster).find((one) => one.control === control);
  if (!finding) throw new Error(`${cluster} was not judged by ${control}.`);
  return finding.verdict;
}

function failuresOf(night: Night, cluster: string): readonly string[] {
  return findingsOf(night, cluster).flatMap(({ control, verdict }) =>
    verdict.kind === "fail" ? [control] : [],
  );
}

function findingsOf(night: Night, cluster: string): ClusterFindings["findings"] {
  const found = night.clusters.get(cluster);
  if (!found) throw new Error(`The sweep does not speak of ${cluster}.`);
  return found.findings;
}
