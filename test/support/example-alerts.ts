import type { Alert, AlertEntry } from "../../src/domain/alert.ts";
import { noChanges } from "../../src/domain/sweep.ts";

const subscription = "7d0c7a52-4c1f-4f0e-9b57-2f1c6a3e8b11";

/** The id of a cluster in one of the example's subscriptions. */
export function clusterId(name: string, group = `rg-${name}`): string {
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.ContainerService/managedClusters/${name}`;
}

function command(name: string, verb: string, rest: string): string {
  return `az aks ${verb} --subscription ${subscription} --resource-group rg-${name} --name ${name} ${rest}`;
}

/** A new, high failure, changed as a test asks. */
export function entry(changes: Partial<AlertEntry> = {}): AlertEntry {
  const name = changes.clusterName ?? "aks-pay-weu-01";
  return {
    status: "new",
    severity: "high",
    clusterId: clusterId(name),
    clusterName: name,
    control: "identity.local-accounts-disabled",
    title: "Local accounts are disabled",
    seen: ["properties.disableLocalAccounts is not set, expected true"],
    since: "2026-11-21",
    commands: [command(name, "update", "--disable-local-accounts")],
    ...changes,
  };
}

/** A quiet drift alert without entries, changed as a test asks. */
export function alert(changes: Partial<Alert> = {}): Alert {
  return {
    sweepId: "2026-11-21T01-00-00Z",
    kind: "drift",
    startedAt: "2026-11-21T01:00:00.000Z",
    profile: "default",
    isComplete: true,
    clusters: 36,
    score: 71.4,
    fail: { critical: 3, high: 19, medium: 0, low: 0 },
    unknown: 0,
    changes: noChanges,
    entries: [],
    gaps: [],
    freshGapCount: 0,
    gapCount: 0,
    ...changes,
  };
}

const apiServerOpen = entry({
  severity: "critical",
  control: "control-plane.api-server-restricted",
  title: "The API server does not answer the whole internet",
  seen: [
    'properties.apiServerAccessProfile.authorizedIPRanges is ["0.0.0.0/0","198.51.100.0/24"], expected ranges that leave part of the internet out',
  ],
  commands: [command("aks-pay-weu-01", "update", "--api-server-authorized-ip-ranges '<range>,<range>'")],
});

const azureLinux2 = entry({
  severity: "critical",
  clusterName: "aks-data-neu-02",
  control: "nodes.azure-linux-current",
  title: "No node runs Azure Linux 2.0",
  seen: [
    'properties.agentPoolProfiles[2].nodeImageVersion is "AKSCBLMariner-V2gen2-202511.20.0", expected an image of Azure Linux 3.0',
  ],
  commands: [
    `az aks nodepool update --subscription ${subscription} --resource-group rg-aks-data-neu-02 --cluster-name aks-data-neu-02 --name batch --os-sku AzureLinux3`,
  ],
});

const publicNodes = entry({
  status: "reopened",
  since: "2026-09-03",
  clusterName: "aks-edge-sdc-01",
  control: "nodes.public-ips-absent",
  title: "No node has a public IP address",
  seen: [
    `/subscriptions/${subscription}/resourceGroups/mc_aks-edge-sdc-01/providers/Microsoft.Compute/virtualMachineScaleSets/aks-edge-12345678-vmss is "one public IP configuration", expected "no public IP address"`,
  ],
  commands: [],
});

const unreadPlan = entry({
  status: "blinded",
  since: "2026-10-12",
  clusterName: "aks-hr-frc-01",
  control: "monitoring.defender-plan-on",
  title: "The plan Defender for Containers is on",
  seen: ["The pricing could not be read. Grant the monitor the role Reader on the subscription."],
  commands: [],
});

const sensorOn = { control: "monitoring.defender-sensor-on", title: "The Defender sensor runs on the nodes" };

/** A night as a fleet of some dozens of clusters has it. */
export const driftAlert: Alert = alert({
  isComplete: false,
  unknown: 12,
  changes: { new: 3, reopened: 1, blinded: 2, resolved: 2, departed: 2 },
  entries: [
    apiServerOpen,
    azureLinux2,
    entry({ clusterName: "aks-checkout-weu-03" }),
    publicNodes,
    unreadPlan,
    entry({ ...sensorOn, status: "resolved", clusterName: "aks-shop-weu-01" }),
    entry({ ...sensorOn, status: "resolved", clusterName: "aks-shop-weu-02" }),
    entry({ status: "departed", clusterName: "aks-poc-weu-09" }),
    entry({ ...sensorOn, status: "departed", clusterName: "aks-poc-weu-09" }),
  ],
  gaps: [
    {
      scope: "/subscriptions/b2f6c7de-1a54-4f7e-8f6e-6a3f1f7a9c20",
      reason: "accessDenied",
      detail: "Resource Graph leaves the subscription out although ARM has it.",
      remedy: "Grant the monitor the role Reader on the subscription.",
    },
  ],
  freshGapCount: 2,
  gapCount: 2,
});

/** The first night of the same fleet. */
export const baselineAlert: Alert = alert({
  kind: "baseline",
  unknown: 4,
  changes: { ...noChanges, new: 22 },
  entries: driftAlert.entries.slice(0, 5).map((one) => ({ ...one, status: "new" as const })),
});

const attack =
  "**x** _y_ [pay](https://evil.example/p) <at>Everyone</at> <script>document.body.innerHTML=1</script> ![i](https://evil.example/i.png) {{DATE(2026-01-01T00:00:00Z,SHORT)}}";

/** Everything a fleet may name or say itself, trying to be more than text. */
export const hostileAlert: Alert = alert({
  isComplete: false,
  profile: attack,
  startedAt: attack,
  sweepId: attack,
  changes: { ...noChanges, new: 2, reopened: 1, resolved: 1, departed: 1 },
  entries: [
    entry({
      clusterName: attack,
      clusterId: attack,
      title: attack,
      since: attack,
      seen: [attack, "- a\n- b\n\n# c"],
      commands: [`az aks update -n '${attack}'\nrm -rf /`],
    }),
    entry({ clusterName: attack, clusterId: clusterId("aks-pay-weu-01") }),
    entry({
      status: "reopened",
      since: attack,
      clusterName: "a_b_ __c__ \u202egpj.exe",
      clusterId: clusterId("aks-x", "rg(a)](https://evil.example)"),
    }),
    entry({ status: "resolved", clusterName: attack, title: attack }),
    entry({ status: "departed", clusterName: attack, title: attack }),
  ],
  gaps: [{ scope: attack, reason: "malformed", detail: attack, remedy: attack }],
  freshGapCount: 1,
  gapCount: 1,
});
