import { basename, extname } from "node:path";
import { z } from "zod";
import { DocumentError } from "../application/document-error.ts";
import { findProfile, profileFrom, profileNames } from "../controls/profiles.ts";
import type { Profile } from "../domain/profile.ts";
import type { CommandLine } from "./command-line.ts";
import { openFile } from "./open-file.ts";

const controlId = z.string().min(1);
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
});

/** `--profile`: the name of a built-in profile, or a JSON file with `controls` and maybe a `name`. */
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
  const { name = basename(file, extname(file)), controls } = parsed.data;
  const outcome = profileFrom({ name, controls });
  if ("profile" in outcome) return outcome.profile;
  for (const fault of outcome.faults) note(`--profile ${file}: ${fault.replace(/\.$/, "")}`);
  return null;
}
