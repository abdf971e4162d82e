import type { Readings } from "../domain/facts.ts";
import type { Reading } from "../domain/reading.ts";
import type { NodeMachine, ObservedCluster } from "./ports.ts";
import type { SourceError } from "./source-error.ts";

/** The groups of facts that come from elsewhere than a cluster's own row or body. */
export type FurtherGroup =
  | "defenderPlan"
  | "defenderPricings"
  | "imageVulnerabilities"
  | "diagnosticSettings"
  | "maintenanceWindows"
  | "safeguards"
  | "trustedIssuers"
  | "regionVersions"
  | "latestImages"
  | "subnetRoutes"
  | "assignedPolicies"
  | "workloadScan"
  | "clusterAccess"
  | "nodeGroupAccess"
  | "identityGrants"
  | "nodeIdentities"
  | "federatedIdentities"
  | "adminGroupMembers"
  | "inspectedWorkloads"
  | "namespaceIsolation"
  | "kubernetesBindings"
  | "environmentSecrets"
  | "mountedSecrets"
  | "podImages";

/** What was found in a cluster's node resource group. */
export type MachinesOf = (cluster: ObservedCluster) => Reading<readonly NodeMachine[]>;

/** What was read of a table of the tenant, and why that may not be all. */
export interface TenantRows {
  /** As JSON has them. */
  readonly rows: readonly unknown[];
  readonly failure: SourceError | null;
}

/** Rows that are the tenant's and no cluster's: a sweep reads them once, while it is planned, and keeps them for its batches. */
export interface TenantTable {
  /** No other table has it, and rows of another shape have another: batches may run in a newer version than the plan. */
  readonly name: string;
  /** Reads the table; what it rests on is to be had of `rowsOf`. A SourceError comes back as the failure, never thrown; that of a table it rests on comes along, since what came of it is no more complete. */
  readonly read: (rowsOf: ReadTenant) => Promise<TenantRows>;
}

/** Answers a table from what is kept, or reads it. */
export type ReadTenant = (table: TenantTable) => Promise<TenantRows>;

/** What is to be had of the tenant. */
export interface TenantReader {
  readonly rowsOf: ReadTenant;
  /** Null when nobody has kept it: whoever can do with less than all of it then reads less. */
  readonly kept: (table: TenantTable) => TenantRows | null;
}

/** What a source need not read for itself. */
export interface ReadElsewhere {
  /** The clusters' machines, which may be on their way yet. */
  readonly machines: Promise<MachinesOf>;
  readonly tenant: TenantReader;
}

/** Facts of clusters from one place beside their own rows. */
export interface FactSource {
  /** The groups it reads. */
  readonly groups: readonly FurtherGroup[];
  /** Tables of the tenant that its facts rest on; none when left out. */
  readonly tenant?: readonly TenantTable[];
  /**
   * Reads all its groups for these clusters, which may be of several subscriptions; each group of each cluster is a
   * reading, so that what Azure refuses of one hides nothing of another.
   * @throws SourceError when nothing can be told of any
   */
  read(
    clusters: readonly ObservedCluster[],
    elsewhere: ReadElsewhere,
  ): Promise<(cluster: ObservedCluster) => FurtherReadings>;
}

export type FurtherReadings = Partial<Pick<Readings, FurtherGroup>>;
