import { Command, InvalidArgumentError, Option } from "commander";
import {
  type EstateWishes,
  type PostureFault,
  postureFaults,
  type ReadingTrouble,
  readingTroubles,
} from "../emulator/estate/generated/estate-shape.ts";

/** What to serve: a generated estate, or the hand-made one when no size is given. */
export interface EstateOptions {
  readonly wishes: EstateWishes | null;
  readonly quota: "enforced" | "off";
}

/** What commander hands over. */
interface Given {
  readonly quota: EstateOptions["quota"];
  readonly share: Shares;
  readonly clusters?: number;
  readonly subscriptions?: number;
  readonly nights?: number;
  readonly seed?: number;
  readonly pools?: number;
  readonly machinePools?: number;
  readonly drift?: number;
  readonly made?: number;
  readonly deleted?: number;
}

type Shares = Readonly<Partial<Record<PostureFault | ReadingTrouble, number>>>;

const shareNames: readonly (keyof Shares)[] = [...postureFaults, ...readingTroubles];

/** Reads the command line, without the program's name; ends the process with an explanation when it cannot. */
export function readEstateOptions(argv: readonly string[]): EstateOptions {
  const { quota, share, pools, ...sizes } = createCommand()
    .parse([...argv], { from: "user" })
    .opts<Given>();
  const isHandMade = sizes.clusters === undefined && sizes.subscriptions === undefined;
  const wishes = {
    ...sizes,
    ...(pools !== undefined && { poolsPerCluster: pools }),
    faults: sharesOf(share, postureFaults),
    troubles: sharesOf(share, readingTroubles),
  };
  return { wishes: isHandMade ? null : wishes, quota };
}

function createCommand(): Command {
  return new Command("serve-estate")
    .description(
      "Serves an emulated Azure over HTTPS on loopback until SIGTERM, or until its parent lets go of it.",
    )
    .option(
      "--clusters <number>",
      "clusters on the first night; without a size, the hand-made estate",
      toNumber,
    )
    .option("--subscriptions <number>", "subscriptions they are spread over", toNumber)
    .option("--nights <number>", "nights to choose from by PUT /emulator/night", toNumber)
    .option("--seed <number>", "what everything is drawn from", toNumber)
    .option("--pools <number>", "node pools of each cluster", toNumber)
    .option("--machine-pools <share>", "clusters whose last pool is of single machines", toNumber)
    .option("--drift <share>", "clusters of which one fault comes or goes, each night", toNumber)
    .option("--made <share>", "clusters made each night", toNumber)
    .option("--deleted <share>", "clusters deleted each night", toNumber)
    .option("--share <name=share>", `may be repeated; one of ${shareNames.join(", ")}`, addShare, {})
    .addOption(
      new Option("--quota <quota>", "of Resource Graph").choices(["enforced", "off"]).default("off"),
    );
}

function toNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError("It is not a number.");
  return value;
}

function addShare(text: string, before: Shares): Shares {
  const [wanted, value = ""] = text.split("=");
  const name = shareNames.find((one) => one === wanted);
  if (name === undefined) throw new InvalidArgumentError(`It names none of ${shareNames.join(", ")}.`);
  return { ...before, [name]: toNumber(value) };
}

function sharesOf<Name extends keyof Shares>(shares: Shares, names: readonly Name[]): Pick<Shares, Name> {
  const wanted = new Set<string>(names);
  // Only the names wanted are left; the compiler forgets them in entries.
  return Object.fromEntries(Object.entries(shares).filter(([name]) => wanted.has(name))) as Pick<
    Shares,
    Name
  >;
}
