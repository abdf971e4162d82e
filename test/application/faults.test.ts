import { describe, expect, it } from "vitest";
import type { Fault, ServiceName } from "../../src/emulator/faults.ts";
import type { LoggedRequest } from "../../src/emulator/request-log.ts";
import type { EmulatedRequest } from "../../src/emulator/service.ts";
import { copiedHistory } from "../support/copied-history.ts";
import { eventfulEstate } from "../support/eventful-estate.ts";
import { brokenPromises, type ToldNight } from "../support/invariants.ts";
import { createWatch, type Night, type Watch } from "../support/nights.ts";
import { createPlainArchive } from "../support/plain-archive.ts";
import { standingClusters } from "../support/standing-clusters.ts";
import { canStrike, strikes } from "../support/strikes.ts";

const days = ["2026-11-20", "2026-11-21", "2026-11-22"] as const;

/** Two batches, and pages of few rows, so that there are many; nothing here takes longer to answer than the next turn of the loop. */
const conditions = { rowsPerPage: 5, clustersPerBatch: 8, tryTimeoutInMs: 5 };

function createSmallWatch(overrides: Parameters<typeof createWatch>[0] = {}): Watch {
  return createWatch({ archive: createPlainArchive(), ...overrides }, eventfulEstate, conditions);
}

/** A request of an undisturbed night. */
interface Asked {
  readonly nth: number;
  readonly status: LoggedRequest["status"];
  readonly service: ServiceName;
  readonly url: string;
  readonly body: string;
}

/** Sweeps, and keeps what is asked. */
async function overheard(
  watch: Watch,
  day: string,
  night: number,
): Promise<readonly [Night, readonly Asked[]]> {
  const sent: (readonly [EmulatedRequest, ServiceName])[] = [];
  const listen = (request: EmulatedRequest, service: ServiceName) => {
    sent.push([request, service]);
    return false;
  };
  watch.azure.clearRequests();
  watch.azure.faults.add({ match: listen, kind: "reset" });
  const swept = await watch.sweep(day, night);
  watch.azure.faults.clear();
  const statuses = watch.azure.requests.map(({ status }) => status);
  const asked = sent.map(([{ url, body }, service], index) => {
    return { nth: index + 1, service, url, body, status: statuses[index] ?? "hang" };
  });
  return [swept, asked];
}

/** Three undisturbed nights, the last two alike, and what the first two ask; and two nights that are both as the first. */
const { nights, firstTwice, afterFirst, askedFirst, askedSecond } = await (async () => {
  const watch = createSmallWatch();
  const [first, askedFirst] = await overheard(watch, days[0], 0);
  const afterFirst = await copiedHistory(watch.deps.history);
  const [second, askedSecond] = await overheard(watch, days[1], 1);
  const nights = [first, second, await watch.sweep(days[2], 1)] as const;
  const other = createSmallWatch({ history: await copiedHistory(afterFirst) });
  const firstTwice = [first, await other.sweep(days[1], 0)] as const;
  return { nights, firstTwice, afterFirst, askedFirst, askedSecond };
})();

/** The second night with a fault on, and a clean third one. */
async function sweepUnder(fault: Fault): Promise<readonly ToldNight[]> {
  const watch = createSmallWatch({ history: await copiedHistory(afterFirst) });
  watch.azure.faults.add(fault);
  const bad = await watch.sweep(days[1], 1);
  watch.azure.faults.clear();
  const told = [clean(nights[0], nights[0], 0), disturbed(bad, nights[1], 1)];
  // A night that went as if nothing had been leaves nothing to repair.
  return isAlike(bad, nights[1]) ? told : [...told, clean(await watch.sweep(days[2], 1), nights[2], 1)];
}

function clean(night: Night, truth: Night, world: number): ToldNight {
  return { night, truths: [truth], standing: standingClusters(eventfulEstate, world), isClean: true };
}

function disturbed(night: Night, truth: Night, world: number): ToldNight {
  return { ...clean(night, truth, world), isClean: false };
}

function isAlike(one: Night, other: Night): boolean {
  const textOf = ({ sweep, evidence, changes, alerts }: Night) =>
    JSON.stringify([sweep.gaps, sweep.tally, evidence, changes, alerts].map(inOrder));
  return textOf(one) === textOf(other);
}

/** Batches end in any order. */
function inOrder(value: unknown): unknown {
  return Array.isArray(value) ? value.map((one) => JSON.stringify(one)).sort() : value;
}

/** What the whole watch told, the blinded aside: those come and go with the faults. */
function toldBy(told: readonly Night[]): readonly string[] {
  return told
    .flatMap(({ changes }) => changes)
    .filter(({ status }) => status !== "blinded")
    .map(
      ({ status, cluster, finding }) => `${cluster.id} ${cluster.resourceUid} ${finding.control} ${status}`,
    )
    .sort();
}

function casesOf(names: readonly string[], asked: readonly Asked[]) {
  return names.flatMap((name) => {
    const strike = strikes[name];
    if (!strike) throw new RangeError(`There is no fault ${name}.`);
    return asked
      .filter(({ service }) => canStrike(strike, service))
      .map((request) => ({ name, strike, request, nth: request.nth, of: request.service }));
  });
}

/** Each request but those that are sent once more. */
function distinct(asked: readonly Asked[]): readonly Asked[] {
  return asked.filter((one) => asked.find(isAgain(one)) === one);
}

/** The request itself and every repetition of it. */
function isAgain({ url, body }: Asked): (request: Pick<EmulatedRequest, "url" | "body">) => boolean {
  return (request) => request.url === url && request.body === body;
}

/** One of each sort, for what need not be tried with all of them. */
const someStrikes = [
  "403",
  '429 with Retry-After "86400"',
  "503",
  "truncatedJson",
  "hang",
  "endlessPages",
  "rowsVanish",
  "nothing but wrong types",
  "nothing but new enum values",
];

/** Faults that a second try may find gone, and that every client should therefore survive when it does. */
const passingStrikes = [
  "401",
  "409",
  "429",
  "429-without-retry-after",
  '429 with Retry-After "-5"',
  '429 with Retry-After "soon"',
  '429 with Retry-After ""',
  "500",
  "502",
  "503",
  "504",
  "html",
  "html-503",
  "truncatedJson",
  "emptyBody",
  "slowDrip",
  "hang",
  "reset",
  "jsonArray",
  "jsonText",
  "jsonNull",
  "noQuotaHeaders",
  "oddQuotaHeaders",
];

describe("a night of one fault keeps all promises", () => {
  it.each(casesOf(Object.keys(strikes), distinct(askedSecond)))(
    "under $name whenever request $nth is sent ($of)",
    async ({ strike, request }) => {
      const told = await sweepUnder({ ...strike, match: isAgain(request) });
      expect(brokenPromises(told)).toEqual([]);
      if (told.length === nights.length)
        expect(toldBy(told.map(({ night }) => night))).toEqual(toldBy(nights));
    },
  );

  it.each([
    ...casesOf(someStrikes, askedSecond),
    ...casesOf(
      Object.keys(strikes).filter((name) => !someStrikes.includes(name)),
      askedSecond.slice(0, 1),
    ),
  ])("under $name at request $nth and at all after", async ({ strike, nth }) => {
    let asked = 0;
    const match = (_: EmulatedRequest, service: ServiceName) => ++asked >= nth && canStrike(strike, service);
    const told = await sweepUnder({ ...strike, match });
    expect(brokenPromises(told)).toEqual([]);
    if (told.length === nights.length) expect(toldBy(told.map(({ night }) => night))).toEqual(toldBy(nights));
  });

  it.each(casesOf(someStrikes, distinct(askedFirst)))(
    "under $name whenever request $nth of the very first night is sent ($of)",
    async ({ strike, request }) => {
      const watch = createSmallWatch();
      watch.azure.faults.add({ ...strike, match: isAgain(request) });
      const bad = await watch.sweep(days[0], 0);
      watch.azure.faults.clear();
      const repaired = clean(await watch.sweep(days[1], 0), firstTwice[1], 0);
      expect(brokenPromises([disturbed(bad, firstTwice[0], 0), repaired])).toEqual([]);
    },
  );
});

describe("rows of wrong types", () => {
  const seeds = Array.from({ length: 60 }, (_, index) => index + 1);

  // The cluster whose types are wrong already is left out: one more may put them right.
  const isOther = (line: string) => !line.includes("aks-erp-import-weu-01");

  it.each(seeds)("never make a cluster better or worse than it is: seed %i", async (seed) => {
    const match = { bodyIncludes: seed % 3 === 0 ? "virtualmachinescalesets" : "tags, properties" };
    const told = await sweepUnder({ kind: "wrongTypes", seed, alterations: 100, match });
    expect(brokenPromises(told).filter(isOther)).toEqual([]);
  });
});

describe("a fault that passes", () => {
  // A refusal stays one whatever its body.
  const answered = askedSecond.filter(({ status }) => status !== 403);

  it.each(casesOf(passingStrikes, answered))(
    "leaves no trace: $name at request $nth ($of)",
    async ({ strike, nth }) => {
      const watch = createSmallWatch({ history: await copiedHistory(afterFirst) });
      watch.azure.faults.add({ ...strike, match: { nth } });
      expect(isAlike(await watch.sweep(days[1], 1), nights[1])).toBe(true);
    },
  );
});

describe("a world that moves on in the middle of a sweep", () => {
  it.each(askedSecond)("keeps all promises when it does at request $nth", async ({ nth }) => {
    const watch = createSmallWatch({ history: await copiedHistory(afterFirst) });
    watch.azure.faults.add({ kind: "nextNight", match: { nth }, times: 1 });
    const between = await watch.sweep(days[1], 0);
    const after = clean(await watch.sweep(days[2], 1), nights[2], 1);
    const moved: ToldNight = {
      night: between,
      truths: [nights[1], nights[0]],
      standing: standingClusters(eventfulEstate, 0, 1),
      isClean: false,
    };
    expect(brokenPromises([clean(nights[0], nights[0], 0), moved, after])).toEqual([]);
  });
});
