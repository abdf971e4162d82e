/**
 * What each headline control must say of each cluster of the hand-made estate, and what must become of each
 * finding on the second night. Written by hand from the catalogue's rules, never from code: the judging code is
 * held against it.
 */

/** The headline controls, in the order of the columns below. */
export const headlineControls = [
  "control-plane.api-server-restricted",
  "identity.local-accounts-disabled",
  "nodes.azure-linux-current",
  "nodes.public-ips-absent",
  "monitoring.defender-sensor-on",
  "monitoring.defender-plan-on",
  "control-plane.open-door-absent",
] as const;

export type HeadlineControl = (typeof headlineControls)[number];
export type ExpectedVerdict = "pass" | "fail" | "notApplicable" | "unknown";
export type ExpectedStatus = "new" | "open" | "resolved" | "reopened" | "blinded" | "departed";

type Row = readonly [
  cluster: string,
  api: ExpectedVerdict,
  local: ExpectedVerdict,
  linux: ExpectedVerdict,
  ips: ExpectedVerdict,
  sensor: ExpectedVerdict,
  plan: ExpectedVerdict,
  door: ExpectedVerdict,
];

const P = "pass";
const F = "fail";
const N = "notApplicable";
const U = "unknown";

/** The first night: every cluster the monitor can see, in one line. */
const nightOne: readonly Row[] = [
  // cluster                    api local linux ips sensor plan door
  ["aks-pay-prod-weu-01", P, P, P, P, P, P, P],
  ["aks-pay-prod-neu-01", P, P, P, P, P, P, P],
  // One pool of three runs Azure Linux 2.0.
  ["aks-pay-batch-weu-01", P, P, F, P, P, P, P],
  // 0.0.0.0/0 swallows the office range; without local accounts the door is not wide open.
  ["aks-pay-test-weu-01", F, P, P, P, P, P, P],

  ["aks-checkout-prod-weu-01", P, P, N, P, P, P, P],
  // The cluster's own pricing (Free) wins over the subscription's Standard.
  ["aks-checkout-load-weu-01", P, P, N, P, F, F, P],
  // 0.0.0.0/1 and 128.0.0.0/1 together are everyone; no disableLocalAccounts is enabled local accounts.
  ["aks-checkout-canary-neu-01", F, F, P, P, P, P, F],

  // Auto-provisioned machines were read and are in order; the plan is off although the sensor is on.
  ["aks-search-prod-neu-01", P, P, P, P, P, F, P],
  // The listed pool is in order, but one machine runs 2.0 and one has a public address.
  ["aks-search-index-weu-01", P, P, F, F, P, F, P],

  // The Security provider is refused in data-prod: no plan there is known. ::/0 admits all of IPv6.
  ["aks-data-spark-weu-01", F, P, P, P, P, U, P],
  ["aks-data-stream-weu-01", P, P, F, P, P, U, P],
  // A pool of osSKU AzureLinux without an image name and without a scale-set row decides neither control.
  ["aks-data-lake-neu-01", P, P, U, U, P, U, P],
  ["aks-data-etl-weu-01", P, F, F, P, F, U, P],
  // publicNetworkAccess Disabled without private cluster; with local accounts on, the door hangs on it.
  ["aks-data-share-weu-01", U, F, N, P, P, U, U],

  ["aks-platform-hub-weu-01", P, P, P, P, P, P, P],
  // A service tag other than AzureCloud passes.
  ["aks-platform-ci-weu-01", P, P, P, P, P, P, P],
  ["aks-platform-obs-weu-01", F, P, P, P, P, P, P],
  // No pool is listed; the machines were read.
  ["aks-platform-auto-neu-01", P, P, P, P, P, P, P],

  // A prefix alone implies public addresses.
  ["aks-edge-pop-weu-01", P, P, P, F, P, P, P],
  // The pool says no, its scale set says yes.
  ["aks-edge-cache-weu-01", P, P, N, F, P, P, P],
  ["aks-edge-cameras-sea-01", P, P, N, F, F, P, P],
  ["aks-edge-cdn-neu-01", P, P, P, P, P, P, P],

  // The plan of retail-stores has no row; one ARM read says Standard.
  ["aks-retail-stores-weu-01", P, P, P, P, P, P, P],
  // An absent apiServerAccessProfile is public.
  ["aks-retail-pos-weu-01", F, F, N, P, P, P, F],
  // VNet integration alone is public.
  ["aks-retail-promo-weu-01", F, P, N, P, P, P, P],
  ["aks-retail-partner-neu-01", P, P, P, P, F, P, P],
  // Azure China: the plan is retired there, the sensor is not.
  ["aks-retail-cn3-01", P, P, N, P, F, N, P],

  // The Compute provider is refused in ml-research: what pools do not admit to is unknown.
  // The cluster's own pricing (Standard) wins over the subscription's Free.
  ["aks-ml-train-swc-01", P, P, P, U, P, P, P],
  // A pool that admits to public addresses fails although no machine was read.
  ["aks-ml-notebooks-swc-01", P, F, N, F, F, F, P],
  // Auto-provisioning: a good listed pool passes nothing while the machines are unread.
  ["aks-ml-serving-swc-01", P, P, U, U, P, F, P],

  // The plan of legacy-erp has no row of this name; one ARM read says Free.
  ["aks-erp-app-weu-01", F, F, N, P, F, F, F],
  // Stopped, and judged.
  ["aks-erp-reports-weu-01", P, F, N, P, F, F, P],
  // The pool list is null.
  ["aks-erp-archive-weu-01", P, P, U, U, P, F, P],
  // Wrong types everywhere; the plan is not of this row.
  ["aks-erp-import-weu-01", U, U, U, U, U, F, U],

  ["aks-mkt-web-weu-01", P, F, N, P, F, P, P],
  // 0.0.0.0/32 is the cluster's own egress. One running pool has no scale-set row.
  ["aks-mkt-cms-neu-01", P, P, P, U, P, P, P],

  // An empty list of ranges is no list.
  ["aks-sbx-play-weu-01", F, F, N, F, F, F, F],
  // No listed pool, no machine: an empty set passes nothing. Null ranges are no ranges.
  ["aks-sbx-hack-weu-01", F, P, U, U, F, F, P],
];

/** The second night: only clusters of which a verdict changed or that are new, whole lines again. */
const changedOnNightTwo: readonly Row[] = [
  // cluster                    api local linux ips sensor plan door
  // Local accounts are back.
  ["aks-pay-prod-neu-01", P, F, P, P, P, P, P],
  // 0.0.0.0/0 is gone.
  ["aks-pay-test-weu-01", P, P, P, P, P, P, P],
  // The ranges are gone.
  ["aks-checkout-prod-weu-01", F, P, N, P, P, P, P],
  // Made again under the same id, behind the office range.
  ["aks-checkout-canary-neu-01", P, F, P, P, P, P, P],
  // The search team's plan is on.
  ["aks-search-prod-neu-01", P, P, P, P, P, P, P],
  ["aks-search-index-weu-01", P, P, F, F, P, P, P],
  // Brand new.
  ["aks-search-vector-weu-01", F, F, P, P, P, P, F],
  // The sensor is off.
  ["aks-platform-ci-weu-01", P, P, P, P, F, P, P],
  // The scale set was put right.
  ["aks-edge-cache-weu-01", P, P, N, P, P, P, P],
  // A new pool with public addresses.
  ["aks-edge-cdn-neu-01", P, P, P, F, P, P, P],
  // Local accounts are off; the API server is still public.
  ["aks-retail-pos-weu-01", F, P, N, P, P, P, P],
  // The Security provider is refused now: a plan known to be off is a plan not known.
  ["aks-erp-app-weu-01", F, F, N, P, F, U, F],
  ["aks-erp-reports-weu-01", P, F, N, P, F, U, P],
  ["aks-erp-archive-weu-01", P, P, U, U, P, U, P],
  ["aks-erp-import-weu-01", U, U, U, U, U, U, U],
];

/** Clusters of the first night that the second does not judge, and why. Each is a gap unless it departed. */
export const unjudgedOnNightTwo: Readonly<
  Record<string, "deleted" | "subscriptionDeleted" | "subscriptionRefused" | "missingFromGraph">
> = {
  "aks-data-etl-weu-01": "deleted",
  "aks-sbx-play-weu-01": "subscriptionDeleted",
  "aks-sbx-hack-weu-01": "subscriptionDeleted",
  "aks-mkt-web-weu-01": "subscriptionRefused",
  "aks-mkt-cms-neu-01": "subscriptionRefused",
  "aks-retail-partner-neu-01": "missingFromGraph",
};

/** Cluster and verdict by control, for each cluster judged that night. */
export type ExpectedVerdicts = ReadonlyMap<string, Readonly<Record<HeadlineControl, ExpectedVerdict>>>;

export const verdictsOnNightOne: ExpectedVerdicts = new Map(nightOne.map(entryOf));

export const verdictsOnNightTwo: ExpectedVerdicts = new Map(
  [...nightOne, ...changedOnNightTwo].filter(([cluster]) => !(cluster in unjudgedOnNightTwo)).map(entryOf),
);

const [api, local, linux, ips, sensor, plan, door] = headlineControls;

/**
 * Every finding that the second night has something to say about, by cluster. On the first night every failure is
 * `new`. Nothing can be `reopened` on a second night. A cluster made again has its old self's failures departed
 * (another `resourceUID` stands under the id) and its own failures new.
 */
export const statusesOnNightTwo: Readonly<
  Record<string, Partial<Readonly<Record<ExpectedStatus, readonly HeadlineControl[]>>>>
> = {
  "aks-pay-prod-neu-01": { new: [local] },
  "aks-pay-batch-weu-01": { open: [linux] },
  "aks-pay-test-weu-01": { resolved: [api] },

  "aks-checkout-prod-weu-01": { new: [api] },
  "aks-checkout-load-weu-01": { open: [sensor, plan] },
  "aks-checkout-canary-neu-01": { departed: [api, local, door], new: [local] },

  "aks-search-prod-neu-01": { resolved: [plan] },
  "aks-search-index-weu-01": { open: [linux, ips], resolved: [plan] },
  "aks-search-vector-weu-01": { new: [api, local, door] },

  "aks-data-spark-weu-01": { open: [api] },
  "aks-data-stream-weu-01": { open: [linux] },
  "aks-data-etl-weu-01": { departed: [local, linux, sensor] },
  "aks-data-share-weu-01": { open: [local] },

  "aks-platform-ci-weu-01": { new: [sensor] },
  "aks-platform-obs-weu-01": { open: [api] },

  "aks-edge-pop-weu-01": { open: [ips] },
  "aks-edge-cache-weu-01": { resolved: [ips] },
  "aks-edge-cameras-sea-01": { open: [ips, sensor] },
  "aks-edge-cdn-neu-01": { new: [ips] },

  "aks-retail-pos-weu-01": { open: [api], resolved: [local, door] },
  "aks-retail-promo-weu-01": { open: [api] },
  "aks-retail-partner-neu-01": { blinded: [sensor] },
  "aks-retail-cn3-01": { open: [sensor] },

  "aks-ml-notebooks-swc-01": { open: [local, ips, sensor, plan] },
  "aks-ml-serving-swc-01": { open: [plan] },

  "aks-erp-app-weu-01": { open: [api, local, sensor, door], blinded: [plan] },
  "aks-erp-reports-weu-01": { open: [local, sensor], blinded: [plan] },
  "aks-erp-archive-weu-01": { blinded: [plan] },
  "aks-erp-import-weu-01": { blinded: [plan] },

  "aks-mkt-web-weu-01": { blinded: [local, sensor] },

  "aks-sbx-play-weu-01": { departed: [api, local, ips, sensor, plan, door] },
  "aks-sbx-hack-weu-01": { departed: [api, sensor, plan] },
};

function entryOf([cluster, ...verdicts]: Row) {
  const [api, local, linux, ips, sensor, plan, door] = verdicts;
  return [
    cluster,
    {
      "control-plane.api-server-restricted": api,
      "identity.local-accounts-disabled": local,
      "nodes.azure-linux-current": linux,
      "nodes.public-ips-absent": ips,
      "monitoring.defender-sensor-on": sensor,
      "monitoring.defender-plan-on": plan,
      "control-plane.open-door-absent": door,
    },
  ] as const;
}
