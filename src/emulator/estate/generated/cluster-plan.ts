import type { Dice } from "./dice.ts";
import { createDice } from "./dice.ts";
import type { EstateShape, PostureFault, ReadingTrouble } from "./estate-shape.ts";
import { clustersMadeEachNight } from "./subscription-layout.ts";

/** What is meant to be wrong with a cluster on a night. */
export interface ClusterPlan {
  readonly number: number;
  readonly dice: Dice;
  readonly faults: ReadonlySet<PostureFault>;
  readonly troubles: ReadonlySet<ReadingTrouble>;
}

/** Faults that a cluster has of its own, and that drift makes come and go. */
const ownFaults = [
  "openApiServer",
  "localAccounts",
  "oldAzureLinux",
  "publicNodeAddresses",
  "addressedScaleSet",
  "sensorOff",
] as const satisfies readonly PostureFault[];

const ownTroubles = [
  "missingFromGraph",
  "scaleSetMissing",
  "malformed",
] as const satisfies readonly ReadingTrouble[];

/** A cluster by its number, as it is meant to be on a night; null while it does not exist. */
export function planCluster(shape: EstateShape, number: number, night: number): ClusterPlan | null {
  const dice = createDice(shape.seed, `cluster ${number}`);
  const born = bornOn(shape, number);
  if (night < born) return null;
  let faults = new Set<PostureFault>(ownFaults.filter((fault) => dice.happens(fault, shape.faults[fault])));
  for (let passed = born + 1; passed <= night; passed += 1) {
    if (dice.happens(`deleted on night ${passed}`, shape.deleted)) return null;
    if (dice.happens(`drifts on night ${passed}`, shape.drift)) faults = drift(faults, dice, passed);
  }
  const troubles = ownTroubles.filter((trouble) =>
    dice.happens(`${trouble} on night ${night}`, shape.troubles[trouble]),
  );
  return { number, dice, faults, troubles: new Set(troubles) };
}

function bornOn(shape: EstateShape, number: number): number {
  return number < shape.clusters
    ? 0
    : 1 + Math.floor((number - shape.clusters) / clustersMadeEachNight(shape));
}

/** How often a cluster that has faults loses one instead of getting another; most clusters have none to lose. */
const shareMended = 0.8;

/** One fault goes or another comes. */
function drift(faults: ReadonlySet<PostureFault>, dice: Dice, night: number): Set<PostureFault> {
  const absent = ownFaults.filter((fault) => !faults.has(fault));
  const mends =
    absent.length === 0 || (faults.size > 0 && dice.happens(`mends on night ${night}`, shareMended));
  if (!mends) return new Set([...faults, dice.pick(`broken on night ${night}`, absent)]);
  const mended = dice.pick(`mended on night ${night}`, [...faults]);
  return new Set([...faults].filter((fault) => fault !== mended));
}
