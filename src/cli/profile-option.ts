import { DocumentError } from "../application/document-error.ts";
import { isProfileFile, readProfileFile } from "../composition/profile-file.ts";
import { findProfile, profileNames } from "../controls/profiles.ts";
import type { Profile } from "../domain/profile.ts";
import type { CommandLine } from "./command-line.ts";
import { openFile } from "./open-file.ts";

/** `--profile`: the name of a built-in profile, or a JSON file with `controls` and maybe a `name`, `clusters` and `parameters`. */
export async function readProfile(
  line: CommandLine,
  text: string,
  note: (fault: string) => void,
): Promise<Profile | null> {
  const builtIn = findProfile(text);
  if (builtIn) return builtIn;
  if (!isProfileFile(text)) {
    note(`--profile ${text}: the profiles are ${profileNames.join(", ")}, or name a JSON file`);
    return null;
  }
  try {
    const outcome = readProfileFile(text, await line.readJson({ name: text, bytes: openFile(text) }));
    if ("profile" in outcome) return outcome.profile;
    for (const fault of outcome.faults) note(`--profile ${text}: ${fault}`);
    return null;
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    note(`--profile ${error.message}`);
    return null;
  }
}
