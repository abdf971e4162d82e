import { describe, expect, it } from "vitest";
import type { ListedWorld, RawObject } from "../../../../src/emulator/estate/world.ts";
import type { Fault } from "../../../../src/emulator/faults.ts";
import { readFacts } from "../../../support/fact-source.ts";
import { closed, clusterRow, payments, search, smallWorld } from "../../../support/world-small.ts";

const one = String(clusterRow(payments, "aks-1").id);
const other = String(clusterRow(search, "aks-2").id);
const none = { isAssessed: true, counts: {}, worst: [], unplaced: 0 };

interface Finding {
  readonly software?: unknown;
  readonly severity?: unknown;
  readonly status?: string;
  readonly category?: string;
  readonly resourceId?: string;
  readonly resourceType?: string;
  readonly cves?: unknown;
}

let number = 0;

function finding(clusterId: string, changes: Finding = {}): RawObject {
  const {
    software = "openssl",
    severity = "High",
    status = "Unhealthy",
    category = "SoftwareUpdate",
    resourceId = `${clusterId}/securityentitydata/kubernetes-containers-web`,
    resourceType = "microsoft.containerservice/managedclusters/securityentitydata",
    cves = [],
  } = changes;
  number += 1;
  const name = `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
  return assessment(resourceId, name, {
    displayName: `Update ${String(software)}`,
    status: { code: status },
    resourceDetails: { Id: resourceId, Source: "Azure", ResourceType: resourceType },
    metadata: { severity, recommendationCategory: category },
    additionalData: { SoftwareName: software, CvesDetails: cves },
  });
}

function assessment(resourceId: string, name: string, properties: RawObject): RawObject {
  return {
    id: `${resourceId}/providers/Microsoft.Security/assessments/${name}`,
    name,
    type: "microsoft.security/assessments",
    subscriptionId: resourceId.split("/")[2],
    properties,
  };
}

/** Defender looked at the cluster. */
function looked(clusterId: string): RawObject {
  return assessment(clusterId, "56a83a6e-c417-42ec-b567-1e6fcb3d09a9", {
    status: { code: "Healthy" },
    resourceDetails: { id: clusterId, ResourceType: "microsoft.containerservice/managedclusters" },
    metadata: { severity: "High" },
  });
}

const cve = (CveId: string, base?: number) => ({ CveId, Cvss: [{ Key: "3.1", Value: { Base: base } }] });

function worldOf(...rows: readonly RawObject[]): ListedWorld {
  return smallWorld({
    rows: [
      clusterRow(payments, "aks-1"),
      clusterRow(search, "aks-2"),
      clusterRow(closed, "aks-3"),
      looked(one),
      looked(other),
      ...rows,
    ],
  });
}

async function read(world: ListedWorld, ...faults: readonly Fault[]) {
  const { of, requests } = await readFacts("imageVulnerabilities", world, faults);
  return { of: (name: string) => of(name).imageVulnerabilities, requests };
}

describe("vulnerabilities in running images", () => {
  it("are counted by severity for the cluster whose container runs them, in one query", async () => {
    const { of, requests } = await read(
      worldOf(
        finding(one.toUpperCase(), { severity: "Critical" }),
        finding(one),
        finding(one),
        finding(other, { severity: "Novel" }),
      ),
    );
    expect(of("aks-1")).toMatchObject({
      state: "collected",
      value: { isAssessed: true, counts: { Critical: 1, High: 2 }, unplaced: 0 },
    });
    expect(of("aks-2")).toMatchObject({ value: { counts: { Novel: 1 } } });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ["healthy", { status: "Healthy" }],
    ["exempt", { status: "NotApplicable" }],
    ["of medium severity", { severity: "Medium" }],
    ["of low severity", { severity: "Low" }],
    ["of another category", { category: "ServiceUpgrade" }],
    [
      "on an image in a registry",
      { resourceType: ".containerimage", resourceId: "/subscriptions/x/images/y" },
    ],
    [
      "on a machine",
      {
        resourceType: "microsoft.compute/virtualmachines",
        resourceId: `/subscriptions/${payments}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm`,
      },
    ],
  ])("are none when they are %s", async (_, changes) => {
    const { of } = await read(worldOf({ ...finding(one, changes), subscriptionId: payments }));
    expect(of("aks-1")).toEqual({ state: "collected", value: none });
  });

  it("are open when their state or severity is one that Azure may add", async () => {
    const { of } = await read(
      worldOf(finding(one, { status: "Doubtful" }), finding(one, { severity: null })),
    );
    expect(of("aks-1")).toMatchObject({ value: { counts: { High: 1, "not told": 1 } } });
  });

  it("are told worst first, with the worst CVEs of each, and not all of thousands", async () => {
    const cves = [cve("CVE-4", 4), cve("CVE-9", 9.8), cve("CVE-0"), cve("CVE-7", 7), { CveId: 7 }];
    const rows = [
      finding(one, { software: "glibc", severity: "High", cves: JSON.stringify([cve("CVE-8", 8)]) }),
      finding(one, { software: "openssl", severity: "Critical", cves: JSON.stringify(cves) }),
      finding(one, { software: "novel", severity: "Novel", cves: JSON.stringify([cve("CVE-10", 10)]) }),
      ...Array.from({ length: 6 }, (_, index) => finding(one, { software: `lib-${index}` })),
    ];
    const { of } = await read(worldOf(...rows));
    const reading = of("aks-1");
    const worst = reading?.state === "collected" ? reading.value.worst : [];
    expect(worst.map(({ software }) => software)).toEqual(["openssl", "glibc", "lib-0", "lib-1", "lib-2"]);
    expect(worst[0]).toEqual({
      path: expect.stringContaining("/assessments/"),
      software: "openssl",
      severity: "Critical",
      cves: ["CVE-9", "CVE-7", "CVE-4"],
    });
  });

  it.each([["cut off [{"], [null], [7], ['{"CveId":"CVE-1"}'], ["[7]"]])(
    "stand without CVEs when these are %j",
    async (cves) => {
      const { of } = await read(worldOf(finding(one, { cves, software: null })));
      expect(of("aks-1")).toMatchObject({
        value: { counts: { High: 1 }, worst: [{ software: "Update null", cves: [] }] },
      });
    },
  );

  it("are found by keys in the other casing", async () => {
    const row = finding(one, { resourceType: ".container" });
    const details = { resourceDetails: { id: `${one}/x`, resourceType: ".container" } };
    const hidden = { ...row, id: `/subscriptions/${payments}/y/${row.name}` };
    const { of } = await read(
      worldOf({ ...hidden, properties: { ...asObject(row.properties), ...details } }),
    );
    expect(of("aks-1")).toMatchObject({ value: { counts: { High: 1 }, unplaced: 0 } });
  });

  it("that do not even tell their subscription count against every cluster", async () => {
    const stray = finding(one, {
      resourceId: `/subscriptions/${payments}/securityentitydata/container-1`,
      resourceType: ".container",
    });
    const { of } = await read(worldOf({ ...stray, subscriptionId: undefined }));
    expect(of("aks-1")).toMatchObject({ value: { unplaced: 1 } });
    expect(of("aks-2")).toMatchObject({ value: { unplaced: 1 } });
  });

  it("on containers of nobody's cluster count against all of their subscription", async () => {
    const stray = finding(one, {
      resourceId: `/subscriptions/${payments}/securityentitydata/container-1`,
      resourceType: ".container",
    });
    const { of } = await read(worldOf(stray));
    expect(of("aks-1")).toMatchObject({ value: { counts: {}, unplaced: 1 } });
    expect(of("aks-2")).toEqual({ state: "collected", value: none });
  });

  it("prove nothing where Defender shows no word on the cluster", async () => {
    const { of } = await read(smallWorld({ rows: [clusterRow(payments, "aks-1")] }));
    expect(of("aks-1")).toEqual({ state: "collected", value: { ...none, isAssessed: false } });
  });

  it("are unread when Azure refuses", async () => {
    const { of } = await read(worldOf(finding(one)), {
      match: { bodyIncludes: "microsoft.security/assessments" },
      kind: "403",
    });
    expect(of("aks-1")).toMatchObject({
      state: "unavailable",
      gap: { scope: one, reason: "accessDenied", remedy: expect.stringContaining("Security Reader") },
    });
  });
});

function asObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
