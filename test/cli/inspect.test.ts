import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClusterSource } from "../../src/adapters/azure/cluster-source.ts";
import { createFleetSource } from "../../src/adapters/azure/fleet-source.ts";
import { createFactSources } from "../../src/composition/fact-sources.ts";
import { nightOne } from "../../src/emulator/estate/nights.ts";
import { type EmulatedKubernetes, startEmulatedKubernetes } from "../../src/emulator/kubernetes/server.ts";
import { emulatedAccess } from "../support/emulated-access.ts";
import { createMemoryStore, runCli } from "./run-cli.ts";

/** Its policy add-on is off: only a look inside tells what its workloads are like. */
const pos =
  "/subscriptions/50b00000-0000-4000-8000-000000000107/resourceGroups/rg-retail-pos-weu/providers/Microsoft.ContainerService/managedClusters/aks-retail-pos-weu-01";

describe("--inspect", () => {
  const { access, azure } = emulatedAccess(nightOne(), { patience: { tryTimeoutInMs: 10_000 } });
  let kubernetes: EmulatedKubernetes;
  beforeAll(async () => {
    kubernetes = await startEmulatedKubernetes(azure);
  });
  afterAll(() => kubernetes.close());

  const connect = (_tenantId: string | null, inspection: boolean) => {
    const facts = createFactSources({ ...access, inspection });
    return {
      fleet: createFleetSource(access),
      facts,
      liveFacts: facts,
      clusters: createClusterSource(access),
      openStore: async () => createMemoryStore(),
    };
  };

  async function check(...options: readonly string[]) {
    azure.clearRequests();
    const { stdout } = await runCli(["check", pos, ...options], { changes: { connect } });
    const [cluster]: readonly Found[] = JSON.parse(stdout).clusters;
    return (control: string) => cluster?.findings.find((finding) => finding.control === control);
  }

  const waysIn = () =>
    azure.requests.map(({ path }) => path).filter((path) => path.endsWith("/listClusterUserCredential"));

  test("judges workloads that nobody else tells of, and says that the Kubernetes API did", async () => {
    const findingOf = await check("--inspect");
    expect(findingOf("workloads.privileged-containers-absent")).toMatchObject({
      verdict: "pass",
      evidence: [{ path: "/api/v1/pods", observed: expect.stringContaining("the Kubernetes API") }],
    });
    expect(waysIn()).toEqual([`${pos}/listClusterUserCredential`]);
  });

  test("is what it takes: without it nobody asks for a way into the cluster", async () => {
    const findingOf = await check();
    expect(findingOf("workloads.privileged-containers-absent")).toMatchObject({ verdict: "unknown" });
    expect(waysIn()).toEqual([]);
  });
});

interface Found {
  readonly findings: readonly { readonly control: string; readonly verdict: string }[];
}
