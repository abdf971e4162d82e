import { clusterObjects, workspaceRow } from "../cluster-objects.ts";
import { clusterIdOf, clusterRowTypes, wantedClusterRows } from "../cluster-rows.ts";
import type { ClusterSpec } from "../cluster-spec.ts";
import { managementGroupRow, subscriptionRow } from "../container-rows.ts";
import { directoryGroups } from "../directory-groups.ts";
import { clusterInside } from "../inside/cluster-inside.ts";
import { noContents, subscriptionOfId } from "../listed-world.ts";
import { policyRows } from "../policy-assignments.ts";
import { pricingObject, pricingRow } from "../pricing-rows.ts";
import { subscriptionAssignmentRows, tenantAssignmentRows } from "../role-assignment-rows.ts";
import { roleDefinitionRows } from "../role-definitions.ts";
import { managementGroups, tenantId } from "../tenant.ts";
import type { ClusterInside, Contents, Estate, World } from "../world.ts";
import { type ClusterPlan, planCluster } from "./cluster-plan.ts";
import {
  completeShape,
  type EstateShape,
  type EstateWishes,
  type PostureFault,
  type ReadingTrouble,
} from "./estate-shape.ts";
import { generatedClusterSpec } from "./generated-cluster-spec.ts";
import { type LaidOutSubscription, layOutSubscriptions } from "./subscription-layout.ts";
import { type Standing, standingOf } from "./subscription-standing.ts";

/** A generated cluster, and what is meant to be wrong with it. */
export interface GeneratedCluster {
  /** As its row writes it. */
  readonly id: string;
  readonly subscriptionId: string;
  readonly faults: ReadonlySet<PostureFault>;
  /** Those of its subscription too. */
  readonly troubles: ReadonlySet<ReadingTrouble>;
}

/** An estate whose rows are made when they are asked for. */
export interface GeneratedEstate extends Estate {
  readonly shape: EstateShape;
  /** The clusters that ARM has on a night, in no particular order. */
  clusters(night: number): Iterable<GeneratedCluster>;
}

/** The policies assigned above all subscriptions hold for generated ones too. */
const rowsAboveSubscriptions = [
  ...managementGroups.map(managementGroupRow),
  ...roleDefinitionRows(),
  ...tenantAssignmentRows(),
  ...policyRows.filter(({ subscriptionId }) => subscriptionId === ""),
];

const firstNight = Date.parse("2026-11-20T01:00:00Z");
const dayInMs = 86_400_000;

/** Makes up an estate of any size. The same wishes always give the same estate. @throws RangeError for figures that make none */
export function createGeneratedEstate(wishes: EstateWishes = {}): GeneratedEstate {
  const shape = completeShape(wishes);
  const homes = layOutSubscriptions(shape);
  return {
    shape,
    nights: Array.from({ length: shape.nights }, (_, night) => createNight(shape, homes, night)),
    *clusters(night) {
      for (const home of homes) yield* describeClusters(shape, standingOf(shape, home, night), night);
    },
  };
}

function createNight(shape: EstateShape, homes: readonly LaidOutSubscription[], night: number): World {
  const standing = homes.map((home) => standingOf(shape, home, night));
  const byId = new Map(standing.map((one) => [one.subscription.subscriptionId, one]));
  return {
    now: new Date(firstNight + night * dayInMs).toISOString(),
    tenantId,
    subscriptions: standing.map(({ subscription }) => subscription),
    secrets: {},
    groups: directoryGroups,
    contentsOf(subscriptionId, isWanted = () => true) {
      if (subscriptionId === "") return { ...noContents, rows: rowsAboveSubscriptions };
      const found = byId.get(subscriptionId);
      return found ? contentsOf(shape, found, night, isWanted) : noContents;
    },
    insideOf(clusterId) {
      const found = byId.get(subscriptionOfId(clusterId));
      return found ? insideOf(shape, found, night, clusterId) : null;
    },
  };
}

/** Of a cluster's name its number is enough to make it: nothing is kept of any, and no other is made. */
function insideOf(
  shape: EstateShape,
  { home, subscription }: Standing,
  night: number,
  clusterId: string,
): ClusterInside | null {
  const plan = planCluster(shape, Number(/\d+$/.exec(clusterId)?.[0] ?? -1), night);
  if (plan === null) return null;
  const spec = generatedClusterSpec(plan, home, subscription, shape);
  return clusterIdOf(spec).toLowerCase() === clusterId.toLowerCase() ? clusterInside(spec) : null;
}

interface PlannedCluster {
  readonly plan: ClusterPlan;
  readonly spec: ClusterSpec;
}

function clustersIn(
  shape: EstateShape,
  { home, subscription }: Standing,
  night: number,
): readonly PlannedCluster[] {
  const { firstCluster, endOfClusters, laterClusters } = home;
  const numbers = Array.from({ length: endOfClusters - firstCluster }, (_, offset) => firstCluster + offset);
  return [...numbers, ...laterClusters].flatMap((number) => {
    const plan = planCluster(shape, number, night);
    return plan ? [{ plan, spec: generatedClusterSpec(plan, home, subscription, shape) }] : [];
  });
}

function contentsOf(
  shape: EstateShape,
  standing: Standing,
  night: number,
  isWanted: (type: string) => boolean,
): Contents {
  const { subscription, tier, troubles } = standing;
  const clusters = clusterRowTypes.some(isWanted) ? clustersIn(shape, standing, night) : [];
  const scope = `/subscriptions/${subscription.subscriptionId}`;
  const plans = [pricingObject(scope, tier), pricingObject(scope, "Free", { plan: "CloudPosture" })];
  const isUnlisted = troubles.has("planOnlyInArm");
  return {
    rows: [
      subscriptionRow(subscription),
      ...subscriptionAssignmentRows(subscription),
      ...(isUnlisted ? [] : [pricingRow(scope, tier), pricingRow(scope, "Free", { plan: "CloudPosture" })]),
      workspaceRow(subscription, "law-operations"),
      ...clusters.flatMap(({ spec }) => wantedClusterRows(spec, isWanted)),
    ],
    armOnly: {
      ...(isUnlisted && Object.fromEntries(plans.map((plan) => [String(plan.id).toLowerCase(), plan]))),
      ...(isWanted("microsoft.insights/diagnosticsettings") &&
        Object.assign({}, ...clusters.map(({ spec }) => clusterObjects(spec)))),
    },
    missingFromGraph: clusters
      .filter(({ plan }) => plan.troubles.has("missingFromGraph"))
      .map(({ spec }) => clusterIdOf(spec).toLowerCase()),
  };
}

function* describeClusters(
  shape: EstateShape,
  standing: Standing,
  night: number,
): Iterable<GeneratedCluster> {
  const { subscription, tier, troubles } = standing;
  for (const { plan, spec } of clustersIn(shape, standing, night)) {
    yield {
      id: clusterIdOf(spec),
      subscriptionId: subscription.subscriptionId,
      faults: new Set([...plan.faults, ...(tier === "Free" ? (["planOff"] as const) : [])]),
      troubles: new Set([...plan.troubles, ...troubles]),
    };
  }
}
