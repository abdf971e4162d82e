import type { NodeImage } from "./node-images.ts";
import type { RawObject } from "./world.ts";

/** A pool of a made-up cluster: what matters about it, the rest is the same for all. */
export interface PoolSpec {
  readonly name: string;
  readonly image: NodeImage;
  /** Default `User`. */
  readonly mode?: "System" | "User";
  /** Default `VirtualMachineScaleSets`. */
  readonly type?: "VirtualMachineScaleSets" | "VirtualMachines" | "AvailabilitySet";
  /** Default 3. */
  readonly count?: number;
  /** Default `Standard_D4ds_v5`. */
  readonly vmSize?: string;
  /** Default: as the control plane. */
  readonly kubernetes?: string;
  /** `missing`: Resource Graph has no row of it. `addressed`: its machines get public addresses, whatever the pool says. */
  readonly scaleSet?: "present" | "missing" | "addressed";
  /** Laid over the finished profile, key by key. */
  readonly raw?: RawObject;
  /** Keys that this profile lacks, as those of older pools do. */
  readonly without?: readonly string[];
}

/**
 * An entry of `properties.agentPoolProfiles`. Keys, order and values follow the REST reference
 * (https://learn.microsoft.com/rest/api/aks/agent-pools/get) and profiles printed in public issue threads in 2026 (`az aks create` and `nodepool add` output).
 */
export function agentPoolProfile(pool: PoolSpec, controlPlane: string, subnetId: string | null): RawObject {
  const version = pool.kubernetes ?? controlPlane;
  const type = pool.type ?? "VirtualMachineScaleSets";
  const count = pool.count ?? 3;
  const vmSize = pool.vmSize ?? "Standard_D4ds_v5";
  const machines = type === "VirtualMachines";
  const profile = {
    name: pool.name,
    count,
    // Pools of single machines name their sizes in virtualMachinesProfile and leave vmSize empty.
    vmSize: machines ? "" : vmSize,
    osDiskSizeGB: 128,
    osDiskType: "Managed",
    kubeletDiskType: "OS",
    ...(subnetId === null ? {} : { vnetSubnetID: subnetId }),
    maxPods: 110,
    type,
    ...(type === "VirtualMachineScaleSets"
      ? {
          availabilityZones: ["1", "2", "3"],
          maxCount: count + 3,
          minCount: count,
        }
      : {}),
    enableAutoScaling: type === "VirtualMachineScaleSets",
    scaleDownMode: "Delete",
    provisioningState: "Succeeded",
    powerState: { code: "Running" },
    orchestratorVersion: version,
    currentOrchestratorVersion: version,
    enableNodePublicIP: false,
    nodeLabels: {
      "workload.contoso.example/tier": pool.mode === "System" ? "system" : "apps",
    },
    ...(pool.mode === "System" ? { nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"] } : {}),
    mode: pool.mode ?? "User",
    enableEncryptionAtHost: true,
    enableUltraSSD: false,
    osType: pool.image.osType,
    osSKU: pool.image.osSKU,
    nodeImageVersion: pool.image.nodeImageVersion,
    ...(machines
      ? {
          virtualMachinesProfile: {
            scale: { manual: [{ size: vmSize, count }] },
          },
          virtualMachineNodesStatus: [{ size: vmSize, count }],
        }
      : {}),
    upgradeSettings: { maxSurge: "10%", maxUnavailable: "0" },
    enableFIPS: false,
    securityProfile: {
      sshAccess: "Disabled",
      enableVTPM: true,
      enableSecureBoot: true,
    },
    ...pool.raw,
  };
  return lackingKeys(profile, pool.without ?? []);
}

/** The same object without some of its keys. */
export function lackingKeys(object: RawObject, keys: readonly string[]): RawObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
