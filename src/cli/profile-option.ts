import { basename, extname } from "node:path";
import { z } from "zod";
import { DocumentError } from "../application/document-error.ts";
import { findProfile, profileFrom, profileNames } from "../controls/profiles.ts";
import type { Profile } from "../domain/profile.ts";
import type { ClusterCondition, ProfileScope } from "../domain/profile-scope.ts";
import type { CommandLine } from "./command-line.ts";
import { openFile } from "./open-file.ts";

const controlId = z.string().min(1);
const names = z.array(z.string().min(1)).min(1);
const condition = z.strictObject({
  tags: z
    .record(z.string().min(1), z.union([z.string().transform((value) => [value]), z.array(z.string())]))
    .optional(),
  subscriptions: z.array(z.guid()).min(1).optional(),
  resourceGroups: names.optional(),
});
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
});

/** `--profile`: the name of a built-in profile, or a JSON file with `controls` and maybe a `name` and `clusters`. */
export async function readProfile(
  line: CommandLine,
  text: string,
  note: (fault: string) => void,
): Promise<Profile | null> {
  const builtIn = findProfile(text);
  if (builtIn) return builtIn;
  if (!/[\\/]|\.json$/i.test(text)) {
    note(`--profile ${text}: the profiles are ${profileNames.join(", ")}, or name a JSON file`);
    return null;
  }
  try {
    return profileFromFile(text, await line.readJson({ name: text, bytes: openFile(text) }), note);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    note(`--profile ${error.message}`);
    return null;
  }
}

function profileFromFile(file: string, json: unknown, note: (fault: string) => void): Profile | null {
  const parsed = profileFile.safeParse(json);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues)
      note(`--profile ${file}: ${[...path, message].join(" ")}`);
    return null;
  }
  const { name = basename(file, extname(file)), controls, clusters } = parsed.data;
  for (const [kind, one] of Object.entries(clusters ?? {}))
    if (Object.values(one ?? {}).every((value) => value === undefined))
      note(`--profile ${file}: clusters ${kind} names no condition`);
  const outcome = profileFrom({ name, controls, ...(clusters && { clusters: withoutUndefined(clusters) }) });
  if ("profile" in outcome) return outcome.profile;
  for (const fault of outcome.faults) note(`--profile ${file}: ${fault.replace(/\.$/, "")}`);
  return null;
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
