import { basename, extname } from "node:path";
import { z } from "zod";
import { type ProfileOutcome, profileFrom } from "../controls/profiles.ts";
import type { ClusterCondition, ProfileScope } from "../domain/profile-scope.ts";
import { issuer, registry } from "./profile-values.ts";

const controlId = z.string().min(1, "is empty");
const names = z.array(z.string().min(1, "is empty")).min(1, "names nothing; leave it out to say nothing");
const control = z.union([
  controlId.transform((id) => ({ id })),
  z.strictObject({ id: controlId, severity: z.string().optional() }),
]);
const condition = z.strictObject({
  tags: z
    .record(z.string().min(1), z.union([z.string().transform((value) => [value]), z.array(z.string())]))
    .optional(),
  subscriptions: z
    .array(z.guid("is no subscription id"))
    .min(1, "names nothing; leave it out to say nothing")
    .optional(),
  resourceGroups: names.optional(),
});
const listOf = (item: z.ZodType<string>) =>
  z.array(item).min(1, "names nothing; leave it out to say nothing").optional();
const profileFile = z.strictObject({
  name: z.string().min(1, "is empty").max(60, "is longer than 60 characters").optional(),
  controls: z.array(control).min(1, "names none"),
  clusters: z.strictObject({ only: condition.optional(), except: condition.optional() }).optional(),
  parameters: z
    .strictObject({ allowedRegistries: listOf(registry), knownIssuers: listOf(issuer) })
    .optional(),
});

/** Whether a text names a file rather than a built-in profile. */
export function isProfileFile(text: string): boolean {
  return /[\\/]|\.json$/i.test(text);
}

/** Reads a profile of somebody's own from the JSON value of a file, whose name it takes when it has none; faults do not name the file and end without a full stop. */
export function readProfileFile(file: string, json: unknown): ProfileOutcome {
  const parsed = profileFile.safeParse(json);
  if (!parsed.success) return { faults: [...parsed.error.issues.map(faultOf), ...faultyControls(json)] };

  const { name = basename(file, extname(file)), controls, clusters, parameters } = parsed.data;
  const idle = Object.entries(clusters ?? {})
    .filter(([, one]) => Object.values(one ?? {}).every((value) => value === undefined))
    .map(([kind]) => `clusters ${kind} names no condition`);
  const outcome = profileFrom({
    name,
    controls,
    ...(clusters && { clusters: withoutUndefined(clusters) }),
    ...(parameters && {
      parameters: {
        allowedRegistries: parameters.allowedRegistries ?? [],
        knownIssuers: parameters.knownIssuers ?? [],
      },
    }),
  });
  const faults = "faults" in outcome ? outcome.faults.map((fault) => fault.replace(/\.$/, "")) : [];
  return idle.length + faults.length > 0 ? { faults: [...idle, ...faults] } : outcome;
}

/** What was left out is left out, and not undefined. */
function withoutUndefined({
  only,
  except,
}: NonNullable<z.infer<typeof profileFile>["clusters"]>): ProfileScope {
  return { ...(only && { only: conditionOf(only) }), ...(except && { except: conditionOf(except) }) };
}

function conditionOf({ tags, subscriptions, resourceGroups }: z.infer<typeof condition>): ClusterCondition {
  return {
    ...(tags && { tags }),
    ...(subscriptions && { subscriptions }),
    ...(resourceGroups && { resourceGroups }),
  };
}

/** What an object may hold, by where it stands; a number stands for any entry of a list. */
const knownNames: Readonly<Record<string, readonly string[]>> = {
  "": Object.keys(profileFile.shape),
  controls: ["id", "severity"],
  clusters: ["only", "except"],
  "clusters only": Object.keys(condition.shape),
  "clusters except": Object.keys(condition.shape),
  parameters: ["allowedRegistries", "knownIssuers"],
};

function faultOf(issue: z.core.$ZodIssue): string {
  const { path, message } = issue;
  const where = path.join(" ");
  switch (issue.code) {
    case "unrecognized_keys": {
      const names = issue.keys.map((key) => JSON.stringify(key)).join(", ");
      const known = knownNames[path.filter((part) => typeof part === "string").join(" ")] ?? [];
      return `${where === "" ? "the profile" : where} has no ${names}; it has ${known.join(", ")}`;
    }
    case "invalid_type":
      return `${where === "" ? "the profile" : where} is missing or is no ${issue.expected}`;
    case "invalid_union":
      return `${where} is neither the id of a control nor an object with its id`;
    default:
      return `${where} ${message}`;
  }
}

/** Of a file that is at fault elsewhere: whoever mends it should not meet these only then. */
function faultyControls(json: unknown): readonly string[] {
  const listed = z.looseObject({ controls: z.array(z.unknown()) }).safeParse(json);
  const controls = (listed.data?.controls ?? []).flatMap((one) => control.safeParse(one).data ?? []);
  const outcome = profileFrom({ name: "", controls });
  return "faults" in outcome ? outcome.faults.map((fault) => fault.replace(/\.$/, "")) : [];
}
