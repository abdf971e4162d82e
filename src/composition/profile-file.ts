import { basename, extname } from "node:path";
import { z } from "zod";
import { type ProfileOutcome, profileFrom } from "../controls/profiles.ts";
import type { ClusterCondition, ProfileScope } from "../domain/profile-scope.ts";
import { issuer, registry } from "./profile-values.ts";

const controlId = z.string().min(1);
const names = z.array(z.string().min(1)).min(1);
const condition = z.strictObject({
  tags: z
    .record(z.string().min(1), z.union([z.string().transform((value) => [value]), z.array(z.string())]))
    .optional(),
  subscriptions: z.array(z.guid()).min(1).optional(),
  resourceGroups: names.optional(),
});
const listOf = (item: z.ZodType<string>) =>
  z.array(item).min(1, "names nothing; leave it out to say nothing").optional();
const profileFile = z.strictObject({
  name: z.string().min(1).max(60).optional(),
  controls: z
    .array(
      z.union([
        controlId.transform((id) => ({ id })),
        z.strictObject({ id: controlId, severity: z.string().optional() }),
      ]),
    )
    .min(1),
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
  if (!parsed.success)
    return { faults: parsed.error.issues.map(({ path, message }) => [...path, message].join(" ")) };

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
