import { describe, expect, test } from "vitest";
import { type Document, judgeDocuments } from "../../src/application/judge-documents.ts";
import { readDocuments } from "../../src/composition/documents.ts";
import { findProfile } from "../../src/controls/profiles.ts";
import type { ClusterFindings } from "../../src/domain/finding.ts";
import type { Profile } from "../../src/domain/profile.ts";
import { clusterRow, payments } from "../support/world-small.ts";

function judgeRows(...rows: readonly unknown[]) {
  return judgeRowsBy(findProfile("headline"), rows);
}

async function judgeRowsBy(profile: Profile | null, rows: readonly unknown[]) {
  async function* bytes() {
    yield Buffer.from(JSON.stringify(rows));
  }
  const documents: readonly Document[] = [{ name: "rows.json", bytes: bytes() }];
  if (!profile) throw new Error("The default profile is built in.");
  const clock = { now: () => "2026-11-21T01:00:00.000Z" };
  const clusters: ClusterFindings[] = [];
  const onCluster = (found: ClusterFindings) => clusters.push(found);
  const judged = await judgeDocuments({ readDocuments, clock, profile, asOf: null, onCluster }, documents);
  return { ...judged, clusters };
}

const verdictsOf = ({ clusters }: Awaited<ReturnType<typeof judgeRows>>) =>
  Object.fromEntries(
    clusters.flatMap(({ findings }) => findings).map(({ control, verdict }) => [control, verdict.kind]),
  );

const pools = [{ name: "sys", count: 3, osSKU: "AzureLinux3", enableNodePublicIP: false }];

describe("judging documents", () => {
  test("what a document cannot hold is unknown with what to do, never passed or failed", async () => {
    const judged = await judgeRows(clusterRow(payments, "aks-1", { agentPoolProfiles: pools }));
    expect(verdictsOf(judged)).toMatchObject({
      "monitoring.defender-plan-on": "unknown",
      "nodes.public-ips-absent": "unknown",
      "nodes.azure-linux-current": "pass",
    });
    const reasons = judged.clusters[0]?.findings.map(({ verdict }) => verdict.reason);
    expect(reasons).toContainEqual(expect.stringContaining("midwatch check <resource-id>"));
  });

  test("a pool that fails fails all the same", async () => {
    const open = [{ ...pools[0], enableNodePublicIP: true }];
    const judged = await judgeRows(clusterRow(payments, "aks-1", { agentPoolProfiles: open }));
    expect(verdictsOf(judged)["nodes.public-ips-absent"]).toBe("fail");
  });

  test("is no gap, and is counted by fact and by cluster", async () => {
    const judged = await judgeRows(
      clusterRow(payments, "aks-1", { agentPoolProfiles: pools }),
      clusterRow(payments, "aks-2", { agentPoolProfiles: pools, nodeProvisioningProfile: { mode: "Auto" } }),
    );
    expect(judged.head.gaps).toEqual([]);
    expect(Object.fromEntries(judged.absent)).toEqual({ nodeImages: 1, nodeAddresses: 2, defenderPlan: 2 });
    expect(judged.clustersWithAbsent).toBe(2);
  });

  test("facts that no control of the profile asks for are not missed", async () => {
    const profile = findProfile("headline");
    const controls = profile?.controls.filter(
      ({ control }) => control.id === "identity.local-accounts-disabled",
    );
    const judged = await judgeRowsBy({ name: "one", controls: controls ?? [] }, [
      clusterRow(payments, "aks-1"),
    ]);
    expect(judged.clusters[0]?.findings).toHaveLength(1);
    expect(judged.clustersWithAbsent).toBe(0);
  });

  test("the first mention of a cluster counts, whatever the casing of its id", async () => {
    const row = clusterRow(payments, "aks-1", { agentPoolProfiles: pools });
    const judged = await judgeRows(row, { ...row, id: String(row.id).toUpperCase(), properties: {} }, row);
    expect(judged.clusters).toHaveLength(1);
    expect(judged.repeated).toBe(2);
    expect(verdictsOf(judged)["nodes.azure-linux-current"]).toBe("pass");
  });

  test("a row that cannot be taken for a cluster is a gap and is told apart from facts that are missing", async () => {
    const { id } = clusterRow(payments, "aks-2");
    const judged = await judgeRows(clusterRow(payments, "aks-1"), { id });
    expect(judged.isCutShort).toBe(true);
    expect(judged.malformed).toBe(0);
    expect(judged.head.gaps).toMatchObject([{ scope: id, reason: "malformed" }]);
  });
});
