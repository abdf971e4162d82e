import type { Profile } from "../domain/profile.ts";
import { type Severity, severities } from "../domain/severity.ts";
import type { SweepScope } from "../domain/sweep.ts";
import type { CommandLine } from "./command-line.ts";
import type { FailOn } from "./exit-codes.ts";
import { readProfile } from "./profile-option.ts";
import { UsageError } from "./usage-error.ts";

/** What commander hands over for the options that `sweep` and `check` share. */
export interface CommonOptions {
  readonly profile: string;
  readonly format?: string;
  readonly output?: string;
  readonly failOn: string;
  readonly asOf?: string;
  readonly tenant?: string;
  readonly inspect?: boolean;
  readonly estate?: boolean;
  readonly color: boolean;
  readonly quiet?: boolean;
}

export type Format = "table" | "json";

/** The shared options, checked. */
export interface CommonArguments {
  readonly profile: Profile;
  readonly format: Format;
  readonly output: string | null;
  readonly failOn: FailOn;
  readonly asOf: string | null;
  readonly tenant: string | null;
  /** Clusters are looked into through the Kubernetes API. */
  readonly inspection: boolean;
  readonly isColoured: boolean;
  readonly isQuiet: boolean;
}

const guidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const domainPattern = /^(?=.{4,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;
const managementGroupPattern = /^[-\w.()]{1,90}$/;

/** Checks the options both commands have; all faults, those the command itself found included, come in one UsageError. */
export async function readCommonArguments(
  line: CommandLine,
  options: CommonOptions,
  otherFaults: readonly string[],
): Promise<CommonArguments> {
  const faults = [...otherFaults];
  const note = (fault: string | null) => {
    if (fault !== null) faults.push(fault);
  };
  const format = readFormat<Format>(line, options, ["table", "json"], note);
  const failOn = readFailOn(options.failOn, note);
  note(asOfFault(options.asOf));
  note(tenantFault(options.tenant));
  const profile = await readProfile(line, options.profile, note);
  if (profile === null || failOn === null || format === null || faults.length > 0)
    throw new UsageError(faults);
  return {
    profile,
    format,
    output: options.output ?? null,
    failOn,
    asOf: options.asOf ?? null,
    tenant: options.tenant ?? null,
    inspection: options.inspect === true,
    isColoured: isColoured(line, options),
    isQuiet: options.quiet === true,
  };
}

/** Colours are for people at a terminal who did not refuse them. */
export function isColoured(line: CommandLine, options: Pick<CommonOptions, "color" | "output">): boolean {
  return options.color && !line.isColourless && line.stdout.isTTY === true && options.output === undefined;
}

/** A table on a terminal, JSON in a pipe or a file. */
export function readFormat<const F extends string>(
  line: CommandLine,
  { format, output }: { readonly format?: string; readonly output?: string },
  formats: readonly (F | Format)[],
  note: (fault: string) => void,
): F | Format | null {
  if (format === undefined) return line.stdout.isTTY === true && output === undefined ? "table" : "json";
  const known = formats.find((one) => one === format);
  if (known === undefined) note(`--format ${shown(format)}: the formats are ${formats.join(", ")}`);
  return known ?? null;
}

/** Subscriptions and management groups to sweep, and what is wrong with them. */
export function readScope(options: {
  readonly subscription: readonly string[];
  readonly managementGroup: readonly string[];
}): { readonly scope: SweepScope; readonly faults: readonly string[] } {
  const { subscription, managementGroup } = options;
  const faults = [
    ...subscription
      .filter((id) => !guidPattern.test(id))
      .map((id) => `--subscription ${shown(id)}: not a subscription id (GUID)`),
    ...managementGroup
      .filter((name) => !managementGroupPattern.test(name))
      .map((name) => `--management-group ${shown(name)}: not the id of a management group`),
    ...(subscription.length > 0 && managementGroup.length > 0
      ? ["--subscription and --management-group exclude each other"]
      : []),
  ];
  const subscriptions = [...new Set(subscription.map((id) => id.toLowerCase()))];
  return { scope: { subscriptions, managementGroups: [...new Set(managementGroup)] }, faults };
}

function readFailOn(text: string, note: (fault: string) => void): FailOn | null {
  const levels: readonly FailOn[] = [...severities, "none"];
  const level = levels.find((one: Severity | "none") => one === text);
  if (level === undefined) note(`--fail-on ${shown(text)}: the levels are ${levels.join(", ")}`);
  return level ?? null;
}

function asOfFault(text: string | undefined): string | null {
  if (text === undefined) return null;
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
  // Date.parse takes 31 February for a day in March.
  const isReal = isDate && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
  return isReal ? null : `--as-of ${shown(text)}: not a date (YYYY-MM-DD)`;
}

function tenantFault(text: string | undefined): string | null {
  if (text === undefined || guidPattern.test(text) || domainPattern.test(text)) return null;
  return `--tenant ${shown(text)}: neither a tenant id (GUID) nor a domain`;
}

/** An empty value, as from a variable nobody set, is to be seen. */
function shown(text: string): string {
  return text === "" ? '""' : text;
}
