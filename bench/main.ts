import { readFile, writeFile } from "node:fs/promises";
import { Command, InvalidArgumentError } from "commander";
import { presentFigures } from "./figures.ts";
import { measureCheck } from "./scenarios/check.ts";
import { measureJudging } from "./scenarios/judging.ts";
import { type Judging, measureNights } from "./scenarios/nights.ts";
import { measureQuota } from "./scenarios/quota.ts";
import { measureReads } from "./scenarios/reads.ts";

interface Options {
  readonly clusters: number;
  readonly large: number;
  readonly rounds: number;
  readonly output?: string;
}

/** Ten clusters a subscription on average, as the targets have it. */
const estateOf = (clusters: number) => ({ clusters, subscriptions: Math.max(1, Math.round(clusters / 10)) });

async function bench({ clusters, large, rounds, output }: Options): Promise<void> {
  const page = output === undefined ? null : await readPage(output);
  const began = performance.now();
  const tell = (what: string) =>
    process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0)} s: ${what} …\n`);
  tell("reads of Resource Manager");
  const reads = await measureReads(estateOf(Math.min(clusters, mostReadOneByOne)));
  const whole: Judging = { profile: "default", sampled: reads.every.readOfEach };
  const headline: Judging = { profile: "headline", sampled: [] };

  tell(`nights of ${clusters} clusters, ${rounds} rounds`);
  const behindFloors = { rounds, unchanged: 2, drifted: 1, hasFloors: true } as const;
  const nights = {
    // A round of it takes as long as several of the other.
    default: await measureNights(estateOf(clusters), whole, { ...behindFloors, rounds: 1 }),
    headline: await measureNights(estateOf(clusters), headline, behindFloors),
  };
  tell(`nights of ${large} clusters`);
  const once = { ...behindFloors, rounds: 1, unchanged: 1, drifted: 0 } as const;
  const largeNights = {
    // The first night takes the longest and the most memory.
    default: await measureNights(estateOf(large), whole, { ...once, unchanged: 0, hasFloors: false }),
    headline: await measureNights(estateOf(large), headline, once),
  };
  tell("a sweep under the quota");
  const quota = await measureQuota(estateOf(clusters), headline);
  tell("judging alone");
  const judged = estateOf(Math.min(clusters, mostSnapshots));
  const judging = {
    default: await measureJudging(judged, whole),
    headline: await measureJudging(judged, headline),
  };
  tell(`midwatch check on ${large} clusters`);
  const check = await measureCheck(estateOf(large));
  tell("done");
  const figures = presentFigures({ clusters, large, reads, nights, largeNights, quota, judging, check });
  if (output === undefined || page === null) process.stdout.write(`${figures}\n`);
  else await writeFile(output, `${page.before}${begin}\n\n${figures}\n\n${end}${page.after}`);
}

/** Resource Manager is read slowly, on purpose. */
const mostReadOneByOne = 500;
/** Snapshots of a whole catalogue stay in memory while they are judged. */
const mostSnapshots = 2_000;

const [begin, end] = ["<!-- figures: begin -->", "<!-- figures: end -->"];

/** What stands around the figures, which is written by hand. */
async function readPage(file: string): Promise<{ readonly before: string; readonly after: string }> {
  const page = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new Error(`--output ${file} cannot be read; it names a page that is there already.`, { cause });
  });
  const [before = "", rest = ""] = page.split(begin);
  const after = rest.split(end)[1];
  if (after === undefined)
    throw new Error(`--output ${file} has no place for figures: a line ${begin} and, below it, ${end}.`);
  return { before, after };
}

function toNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("It is not a whole number above 0.");
  return Number(text);
}

const command = new Command("bench")
  .description("Measures sweeps against the least they can cost, as docs/benchmarks.md shows it.")
  .option("--clusters <number>", "clusters of the estate that speed is measured on", toNumber, 10_000)
  .option("--large <number>", "clusters of the estate that memory is measured on", toNumber, 50_000)
  .option("--rounds <number>", "rounds of nights", toNumber, 3)
  .option("--output <file>", "page whose figures are exchanged, instead of standard output")
  .parse();
bench(command.opts<Options>()).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
