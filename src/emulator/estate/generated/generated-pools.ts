import type { ClusterSpec } from "../cluster-spec.ts";
import type { MachineSpec } from "../machine-rows.ts";
import { azureLinuxOnV2, cblMariner, type NodeImage } from "../node-images.ts";
import type { PoolSpec } from "../pool-rows.ts";
import type { ClusterAge } from "./cluster-ages.ts";
import type { ClusterPlan } from "./cluster-plan.ts";
import type { EstateShape } from "./estate-shape.ts";
import { poolNames, systemImages, userImages, vmSizes } from "./vocabulary.ts";

/** The part of a shape that says what pools a cluster has. */
export type GeneratedPools = Pick<EstateShape, "poolsPerCluster" | "machinePools">;

/** A cluster's pools, the system pool first, and the machines of its last pool where that is one of single machines. */
export function generatePools(
  plan: ClusterPlan,
  age: ClusterAge,
  { poolsPerCluster, machinePools }: GeneratedPools,
): Pick<ClusterSpec, "pools" | "machines"> {
  const hasMachinePool = poolsPerCluster > 1 && plan.dice.happens("has machine pool", machinePools);
  const scaleSets = poolsPerCluster - (hasMachinePool ? 1 : 0);
  const faulty = plan.dice.whole("faulty pool", 0, scaleSets - 1);
  const pools = Array.from({ length: scaleSets }, (_, position) =>
    poolAt(plan, age, position, position === faulty),
  );
  if (!hasMachinePool) return { pools };

  const last: PoolSpec = {
    ...poolAt(plan, age, scaleSets, false),
    type: "VirtualMachines",
    count: 2,
  };
  const machine: MachineSpec = { pool: last.name, origin: "pool", image: last.image };
  return { pools: [...pools, last], machines: [machine, machine] };
}

function poolAt(
  { dice, faults, troubles }: ClusterPlan,
  age: ClusterAge,
  position: number,
  isFaulty: boolean,
): PoolSpec {
  const scaleSet = scaleSetOf(
    position === 0 && troubles.has("scaleSetMissing"),
    isFaulty && faults.has("addressedScaleSet"),
  );
  return {
    name: nameAt(position),
    ...(position === 0 && { mode: "System" }),
    image:
      isFaulty && faults.has("oldAzureLinux") ? oldImage(dice.share("old image")) : imageAt(dice, position),
    count: dice.whole(`count ${position}`, 1, 12),
    vmSize: dice.pick(`size ${position}`, vmSizes),
    scaleSet,
    ...(isFaulty && faults.has("publicNodeAddresses") && { raw: { enableNodePublicIP: true } }),
    without: age.poolWithout,
  };
}

function scaleSetOf(isMissing: boolean, isAddressed: boolean): NonNullable<PoolSpec["scaleSet"]> {
  if (isMissing) return "missing";
  return isAddressed ? "addressed" : "present";
}

function imageAt(dice: ClusterPlan["dice"], position: number): NodeImage {
  return dice.pick(`image ${position}`, position === 0 ? systemImages : userImages);
}

function oldImage(share: number): NodeImage {
  return share < 0.7 ? azureLinuxOnV2 : cblMariner;
}

/** Pools of Windows may have six letters at most, so all are short; past the words they are numbered. */
function nameAt(position: number): string {
  if (position === 0) return "sys";
  const name = poolNames[(position - 1) % poolNames.length] ?? poolNames[0];
  const round = Math.floor((position - 1) / poolNames.length);
  return round === 0 ? name : `${name}${round + 1}`;
}
