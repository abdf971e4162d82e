import type { TokenCredential } from "@azure/identity";
import { createFleetSource } from "../../../../src/adapters/azure/fleet-source.ts";
import { createResourceManager } from "../../../../src/adapters/azure/resource-manager.ts";
import type { ReadingTime } from "../../../../src/adapters/kubernetes/api/api-reader.ts";
import { createInspection } from "../../../../src/adapters/kubernetes/inspection.ts";
import type { FurtherReadings } from "../../../../src/application/fact-source.ts";
import type { ObservedCluster } from "../../../../src/application/ports.ts";
import type { EmulatedAzure } from "../../../../src/emulator/azure.ts";
import type { RawObject } from "../../../../src/emulator/estate/world.ts";
import type { Fault } from "../../../../src/emulator/faults.ts";
import { applicationOfAks } from "../../../../src/emulator/kubernetes/cluster-sign-in.ts";
import { emulatedAccess } from "../../../support/emulated-access.ts";
import { nothingElsewhere } from "../../../support/fact-source.ts";
import { listed } from "../../../support/outcomes.ts";
import { clusterRow, payments, smallWorld } from "../../../support/world-small.ts";
import {
  type Asked,
  notFound,
  page,
  type Said,
  startScriptedApiServer,
  status,
} from "./scripted-api-server.ts";

export const clusterId = String(clusterRow(payments, "aks-1").id);

/** Users sign in by Entra, and Cilium enforces network policies. */
export const usual: RawObject = {
  aadProfile: { managed: true, enableAzureRBAC: true },
  networkProfile: { networkPlugin: "azure", networkPolicy: "cilium", networkDataplane: "cilium" },
};

export interface InspectionScript {
  /** Objects by the path of their list; of lists that are not here there is none. */
  readonly lists?: Readonly<Record<string, readonly unknown[]>>;
  /** Answers before the lists do. */
  readonly say?: (asked: Asked) => Said | undefined;
  /** Properties of the cluster `aks-1`, or of clusters by name. */
  readonly properties?: RawObject;
  readonly clusters?: Readonly<Record<string, RawObject>>;
  readonly time?: ReadingTime;
  readonly faults?: readonly Fault[];
  /** Of kubeconfigs; that of the server's certificate without it. */
  readonly authority?: string;
  /** Where kubeconfigs lead; to the scripted server without it. */
  readonly server?: string;
}

export interface Inspected {
  readonly readings: FurtherReadings;
  readonly of: (name: string) => FurtherReadings;
  readonly asked: readonly Asked[];
  readonly requests: EmulatedAzure["requests"];
  /** Requests for a token that API servers accept. */
  readonly tokenRequests: number;
  /** What was waited for between tries, in milliseconds. */
  readonly waits: readonly number[];
}

const installed = [
  "/api/v1/namespaces",
  "/api/v1/pods",
  "/apis/networking.k8s.io/v1/networkpolicies",
  ...["roles", "clusterroles", "rolebindings", "clusterrolebindings"].map(
    (kind) => `/apis/rbac.authorization.k8s.io/v1/${kind}`,
  ),
];

/** Looks into clusters of the emulated Azure whose API servers answer as scripted. */
export async function inspect(script: InspectionScript = {}): Promise<Inspected> {
  const {
    lists = {},
    say,
    properties = usual,
    clusters = { "aks-1": properties },
    time,
    faults = [],
  } = script;
  const server = await startScriptedApiServer((asked) => {
    const said = say?.(asked);
    if (said !== undefined) return said;
    if (!asked.authorization.startsWith("Bearer ")) return status(401, "Unauthorized");
    const objects = lists[asked.path] ?? (installed.includes(asked.path) ? [] : undefined);
    return objects ? page(objects) : notFound;
  });
  try {
    const rows = Object.entries(clusters).map(([name, own]) => clusterRow(payments, name, own));
    const { access, azure, waits } = emulatedAccess(smallWorld({ rows }));
    azure.setServedClusters({
      url: script.server ?? server.url,
      authority: script.authority ?? server.authority,
    });
    const items = await listed(createFleetSource(access).clusters([payments]));
    const observed = items.filter((item): item is ObservedCluster => "readings" in item);
    azure.clearRequests();
    for (const fault of faults) azure.faults.add(fault);
    let tokenRequests = 0;
    const credential: TokenCredential = {
      getToken(scopes, options) {
        if (String(scopes).startsWith(applicationOfAks)) tokenRequests += 1;
        return access.credential.getToken(scopes, options);
      },
    };
    const source = createInspection({
      access: { ...access, credential },
      arm: createResourceManager(access),
      time: time ?? { requestInMs: 5_000, clusterInMs: 30_000 },
    });
    const read = await source.read(observed, nothingElsewhere());
    const of = (name: string): FurtherReadings => {
      const one = observed.find(({ cluster }) => cluster.name === name);
      if (one === undefined) throw new Error(`There is no cluster ${name} here.`);
      return read(one);
    };
    return {
      of,
      readings: of(Object.keys(clusters)[0] ?? ""),
      asked: server.asked,
      requests: azure.requests,
      tokenRequests,
      waits,
    };
  } finally {
    await server.close();
  }
}
