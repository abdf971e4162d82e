import fc from "fast-check";
import type { EstateWishes } from "../../src/emulator/estate/generated/estate-shape.ts";
import { createGeneratedEstate } from "../../src/emulator/estate/generated/generated-estate.ts";
import type { Estate } from "../../src/emulator/estate/world.ts";
import type { Fault, FaultMatch } from "../../src/emulator/faults.ts";
import type { ToldNight } from "./invariants.ts";
import { createWatch } from "./nights.ts";
import { createPlainArchive } from "./plain-archive.ts";
import { standingClusters } from "./standing-clusters.ts";
import { canStrike, type Strike, strikes } from "./strikes.ts";

/** A fault as a story has it: what, where, how often. */
export interface Blow {
  readonly strike: Strike;
  readonly match: FaultMatch;
  readonly times?: number | undefined;
}

/** A small estate, and what goes wrong on each night; the last night is clean. */
export interface Story {
  readonly estate: EstateWishes;
  readonly rowsPerPage: number;
  readonly clustersPerBatch: number;
  readonly batchesAtOnce: number;
  readonly nights: readonly (readonly Blow[])[];
}

const share = fc.constantFrom(0, 0, 0.2, 0.5);

const estate = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  subscriptions: fc.integer({ min: 1, max: 4 }),
  clusters: fc.integer({ min: 1, max: 7 }),
  poolsPerCluster: fc.integer({ min: 1, max: 2 }),
  machinePools: share,
  faults: fc.record({
    openApiServer: share,
    localAccounts: share,
    oldAzureLinux: share,
    publicNodeAddresses: share,
    addressedScaleSet: share,
    sensorOff: share,
    planOff: share,
  }),
  troubles: fc.record({
    subscriptionRefused: share,
    securityRefused: share,
    computeRefused: share,
    planOnlyInArm: share,
    missingFromGraph: share,
    scaleSetMissing: share,
    malformed: share,
  }),
  drift: share,
  made: share,
  deleted: share,
});

const strike: fc.Arbitrary<Strike> = fc.oneof(
  fc.constantFrom(...Object.values(strikes)),
  fc.record({
    kind: fc.constantFrom("wrongTypes", "newEnumValues", "oddQuotaHeaders"),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    alterations: fc.constantFrom(1, 3, 10, 100),
  }),
  fc.constant<Strike>({ kind: "nextNight", times: 1 }),
);

const match: fc.Arbitrary<FaultMatch> = fc.oneof(
  fc.record({ nth: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ from: fc.integer({ min: 1, max: 30 }) }),
  fc.record({
    service: fc.constantFrom("resourceGraph", "pricings", "managedClusters", "subscriptions"),
    from: fc.constantFrom(1, 1, 2),
  }),
  fc.record({
    // What tells the queries apart: subscriptions, counts, clusters, machines, pricings.
    bodyIncludes: fc.constantFrom(
      "resourcecontainers",
      "summarize",
      "tags, properties",
      "virtualmachinescalesets",
      "securityresources",
    ),
    from: fc.constantFrom(1, 1, 2, 3),
  }),
);

const blow: fc.Arbitrary<Blow> = fc.record({
  strike,
  match,
  times: fc.constantFrom(undefined, undefined, 1, 2, 5),
});

/** Any story of two to five nights. */
export const anyStory: fc.Arbitrary<Story> = fc.record({
  estate,
  rowsPerPage: fc.constantFrom(1, 2, 3, 5, 1000),
  clustersPerBatch: fc.integer({ min: 1, max: 5 }),
  batchesAtOnce: fc.integer({ min: 1, max: 2 }),
  nights: fc.array(fc.array(blow, { maxLength: 3 }), { minLength: 1, maxLength: 4 }),
});

/** Lets a story happen, beside the same nights without what goes wrong. */
export async function playOut(story: Story): Promise<readonly ToldNight[]> {
  const nights = [...story.nights, []];
  const made = estateOf(story, nights.length);
  const { rowsPerPage, clustersPerBatch, batchesAtOnce } = story;
  const limits = { clustersPerBatch, batchesAtOnce, lockStaleAfterInMs: 3_600_000 };
  const conditions = { rowsPerPage, tryTimeoutInMs: 5 };
  const calm = createWatch({ limits, archive: createPlainArchive() }, made, conditions);
  const watch = createWatch({ limits, archive: createPlainArchive() }, made, conditions);

  const truths = [];
  for (const index of nights.keys()) truths.push(await calm.sweep(dayOf(index), index));

  const told: ToldNight[] = [];
  for (const [index, blows] of nights.entries()) {
    for (const fault of blows.filter(isSinglePassing).flatMap(aim)) watch.azure.faults.add(fault);
    const night = await watch.sweep(dayOf(index), index);
    watch.azure.faults.clear();
    const worlds = truths.slice(index, watch.azure.night + 1);
    const [truth, ...others] = worlds;
    if (!truth) throw new RangeError("A night went back.");
    const standing = standingClusters(made, ...worlds.map((_, moved) => index + moved));
    told.push({ night, truths: [truth, ...others], standing, isClean: index === nights.length - 1 });
  }
  return told;
}

/**
 * On the last night everything can be read, so that nobody is left with what was seen before. And where types go
 * wrong none is wrong already: the fault might put it right.
 */
function estateOf({ estate: wishes, nights: blows }: Story, nights: number): Estate {
  const isRetyped = blows.flat().some(({ strike: { kind } }) => kind === "wrongTypes");
  const troubles = { ...wishes.troubles, ...(isRetyped && { malformed: 0 }) };
  const { nights: worlds } = createGeneratedEstate({ ...wishes, troubles, nights });
  const { nights: readable } = createGeneratedEstate({ ...wishes, troubles: {}, nights });
  return { nights: [...worlds.slice(0, -1), ...readable.slice(-1)] };
}

function dayOf(index: number): string {
  return `2026-11-${20 + index}`;
}

/** The world moves on once a night at most: the next sweep finds it one night further, and no world comes back. */
function isSinglePassing({ strike: { kind } }: Blow, index: number, blows: readonly Blow[]): boolean {
  return kind !== "nextNight" || blows.findIndex((one) => one.strike.kind === kind) === index;
}

/** A 404 strikes only where it is no word of ARM's on what is there. */
function aim({ strike: { times = undefined, ...strike }, match, ...blow }: Blow): readonly Fault[] {
  const most = times ?? blow.times;
  const service = match.service ?? (strike.kind === "404" ? "resourceGraph" : undefined);
  if (service !== undefined && !canStrike(strike, service)) return [];
  return [
    {
      ...strike,
      match: { ...match, ...(service !== undefined && { service }) },
      ...(most !== undefined && { times: most }),
    },
  ];
}
