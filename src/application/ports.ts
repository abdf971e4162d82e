import type { Alert } from "../domain/alert.ts";
import type { ClusterRef } from "../domain/cluster.ts";
import type { PlanExtension } from "../domain/defender-facts.ts";
import type { ClusterRecord } from "../domain/drift.ts";
import type { FactGroup, Readings } from "../domain/facts.ts";
import type { Finding } from "../domain/finding.ts";
import type { Gap } from "../domain/gap.ts";
import type { NodeAddress, NodeImage } from "../domain/node-facts.ts";
import type { Reading } from "../domain/reading.ts";
import type { ArchivedPart, Manifest, Sweep, SweepScope } from "../domain/sweep.ts";
import type { FurtherGroup } from "./fact-source.ts";

export interface Subscription {
  readonly subscriptionId: string;
  readonly displayName: string;
}

/** How a pool's nodes show themselves to Resource Graph: as one scale set, or as machines of their own. */
export type PoolKind = "scaleSet" | "machines";

/** A node pool the cluster lists. */
export interface ListedPool {
  readonly name: string;
  readonly kind: PoolKind;
  readonly count: number | null;
}

/** The groups of facts that a cluster's own row or body holds, in whole or in part. */
export type RowGroup = Exclude<FactGroup, "clock" | "parameters" | FurtherGroup>;

/** What a managed cluster's own row or body says; the rest of its snapshot comes from other sources. */
export interface ObservedCluster {
  readonly cluster: ClusterRef;
  /** Lower case; null when the row does not name it. */
  readonly nodeResourceGroup: string | null;
  /** Users sign in through managed Entra ID, which the legacy integration is not: only then is a user's credential for the cluster no administrator's. */
  readonly hasEntra: Reading<boolean>;
  /** Of the groups that were asked for. */
  readonly readings: Partial<Pick<Readings, RowGroup>>;
  /** Pools by name, to hold the node group's machines against; entries that cannot be read are left out and make the node readings partial. */
  readonly pools: readonly ListedPool[];
  /** Why the listed pools are not all nodes (auto-provisioning, hosted system pools, no list), or null when they are. */
  readonly unlistedNodes: string | null;
}

/** A scale set, virtual machine or network interface of some resource group: a piece of a cluster's node group if that group is one. */
export interface NodeMachine {
  readonly id: string;
  readonly kind: "scaleSet" | "virtualMachine" | "networkInterface";
  readonly name: string;
  /** Lower case, as are the ids below. */
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** The pool it belongs to by its tag, or null. */
  readonly pool: string | null;
  /** Scale sets and network interfaces only. */
  readonly address: Reading<NodeAddress> | null;
  /** Scale sets and virtual machines only. */
  readonly image: Reading<NodeImage> | null;
  /** Scale sets and virtual machines only, and when asked for: the object ids of the identities it carries. */
  readonly principalIds: Reading<readonly string[]> | null;
  /** Virtual machines: the interfaces they name. */
  readonly networkInterfaceIds: readonly string[];
  /** Network interfaces: the virtual machine they serve, or null. */
  readonly attachedTo: string | null;
}

/** The Defender plans that look after clusters and images. */
export type PlanName = "Containers" | "CloudPosture";

/** A Defender pricing, of a subscription or of one cluster. */
export interface DefenderPlan {
  readonly id: string;
  readonly name: PlanName;
  /** The subscription's or cluster's resource id, lower case. */
  readonly scope: string;
  readonly tier: string;
  readonly extensions: Reading<readonly PlanExtension[]>;
}

/** Resource Graph's guidance is to stay below so many subscriptions a query; it also keeps a summary on one page. */
export const mostSubscriptionsAtOnce = 300;

/** Page by page as they come, which is some thousand times cheaper than row by row; rows that cannot be taken for one of these come as gaps. */
export type Pages<T> = AsyncIterable<readonly (T | Gap)[]>;

/** The fleet as Azure shows it. Every method throws SourceError and nothing else when Azure does not answer as it should. */
export interface FleetSource {
  /** The subscriptions Resource Graph shows under the scope. */
  subscriptions(scope: SweepScope): Promise<readonly Subscription[]>;
  /** Clusters by subscription (lower-case id); a subscription without any is not in the map. */
  clusterCounts(subscriptionIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** At most `mostSubscriptionsAtOnce` at a time, here and below. Of the row's facts those asked for are read; all when left out. */
  clusters(subscriptionIds: readonly string[], groups?: ReadonlySet<FactGroup>): Pages<ObservedCluster>;
  machines(subscriptionIds: readonly string[], groups?: ReadonlySet<FactGroup>): Pages<NodeMachine>;
  defenderPlans(subscriptionIds: readonly string[]): Pages<DefenderPlan>;
  /** ARM's own word on one resource (`/subscriptions/…` of a subscription or cluster): only its 404 is `absent`. */
  presence(resourceId: string): Promise<"present" | "absent">;
  /** The pricing as ARM has it, for a scope that Resource Graph shows none for; null when ARM says there is none. Containers without a name. */
  defenderPlan(scope: string, name?: PlanName): Promise<DefenderPlan | null>;
}

/** One cluster, live from ARM. */
export interface ClusterSource {
  /** Null when ARM says 404. */
  cluster(clusterId: string): Promise<ObservedCluster | null>;
  nodeGroup(subscriptionId: string, nodeResourceGroup: string): Pages<NodeMachine>;
  defenderPlan(scope: string, name?: PlanName): Promise<DefenderPlan | null>;
}

/** A cluster's record with the findings to show for it; written together or not at all. */
export interface StoredCluster {
  readonly record: ClusterRecord;
  /** Findings to store in full for those who read the present: those whose record changed. */
  readonly findings: readonly Finding[];
}

/** A cluster as it was remembered before a sweep, beside what was stored since by this sweep or by one that never finished. */
export interface RecordBefore {
  /** Null for a cluster that was first seen since. */
  readonly record: ClusterRecord | null;
  /** Null when nothing was stored since; otherwise it is to be stored again, even if nothing changed after all. */
  readonly rewritten: ClusterRecord | null;
}

export interface LockAnswer {
  readonly outcome: "taken" | "renewed" | "refused";
  /** The sweep that holds the lock now. */
  readonly holder: string;
}

/** A cluster to store, and what stands there. */
export interface ClusterChange extends StoredCluster {
  readonly before: ClusterRecord | null;
  readonly rewritten?: ClusterRecord | null;
}

/** What is remembered from sweep to sweep. Everything written twice for the same sweep and cluster is the same as once. */
export interface History {
  /**
   * Takes the one lock there is, or tells who holds it. The holder itself gets it again, which renews it;
   * a lock not renewed for `staleAfterInMs` is taken over. Only one caller ever sees `taken` for a sweep.
   */
  lock(sweepId: string, now: string, staleAfterInMs: number): Promise<LockAnswer>;
  /**
   * Lets the lock last as long again, if the sweep still holds it. Otherwise nothing is changed: a lock that is free or
   * went stale is not the sweep's any more. Returns who holds it now, or null.
   */
  renew(sweepId: string, now: string, staleAfterInMs: number): Promise<string | null>;
  unlock(sweepId: string): Promise<void>;
  saveSweep(sweep: Sweep): Promise<void>;
  sweep(id: string): Promise<Sweep | null>;
  /** Newest first. Of many gaps a sweep here may hold only some and how many more there are; its manifest holds them all. */
  sweeps(most: number): Promise<readonly Sweep[]>;
  /** Subscriptions in which clusters are remembered that have not departed, or that departed in one of these sweeps. */
  rememberedSubscriptions(sweepIds: readonly string[]): Promise<readonly string[]>;
  /**
   * What was remembered of these subscriptions' clusters before the sweeps named: records that one of them wrote
   * come as they were before it. Whoever names the present sweep compares a repeated batch with the same night;
   * whoever names those that never finished too compares with the last night that people were told of.
   */
  recordsBefore(sweepIds: readonly string[], subscriptionIds: readonly string[]): AsyncIterable<RecordBefore>;
  /** Stores what changed; `before` and `rewritten` are what `recordsBefore` gave for the cluster. */
  store(sweepId: string, changes: readonly ClusterChange[]): Promise<void>;
}

/** The past: parts of sweeps, written once, compressed. Writing a part again replaces it by the same. */
export interface Archive {
  /** Takes every line, once. */
  writePart(sweepId: string, name: string, lines: Iterable<string>): Promise<ArchivedPart>;
  readPart(sweepId: string, name: string): AsyncIterable<string>;
  writeManifest(manifest: Manifest): Promise<void>;
  /** Null when the sweep never got as far as its manifest. */
  readManifest(sweepId: string): Promise<Manifest | null>;
}

/** Alerts between being decided and being delivered. */
export interface AlertOutbox {
  /** Keeps the alert. One that waits for the same sweep is replaced, for a sweep that ends twice ends as it did last; one that was sent stays. */
  put(alert: Alert): Promise<void>;
  /** Not yet marked, oldest first. */
  pending(): Promise<readonly Alert[]>;
  mark(sweepId: string, sentAt: string): Promise<void>;
}

/** Where people are told. Throws SourceError when the alert was not accepted. */
export interface AlertChannel {
  send(alert: Alert): Promise<void>;
}

export interface Clock {
  /** ISO 8601, UTC. */
  now(): string;
}

/** Fixed messages, facts as fields; never a secret, token or webhook address. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;
