import { readFileSync } from "node:fs";
import { parseJsonText } from "../adapters/documents/parse-json.ts";
import { DocumentError } from "../application/document-error.ts";
import { findProfile, type ProfileOutcome, profileNames } from "../controls/profiles.ts";
import { isProfileFile, readProfileFile } from "./profile-file.ts";

/** The profile that a setting names: a built-in one, or a JSON file that is deployed with the app, from the folder of the app. Faults end without a full stop. */
export function readProfileSetting(text: string): ProfileOutcome {
  const builtIn = findProfile(text);
  if (builtIn) return { profile: builtIn };
  if (!isProfileFile(text))
    return { faults: [`is none of ${profileNames.join(", ")}, and does not name a JSON file`] };
  try {
    const outcome = readProfileFile(text, parseJsonText(text, readText(text)));
    return "profile" in outcome
      ? outcome
      : { faults: outcome.faults.map((fault) => `names ${text}: ${fault}`) };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return { faults: [`names ${error.message}`] };
  }
}

/** Read at once, not as it arrives: settings are checked while the app loads, which waits for nothing. */
function readText(file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof TypeError) throw new DocumentError(file, "is not text in UTF-8");
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new DocumentError(
      file,
      error.code === "ENOENT" ? "does not exist" : `cannot be read (${error.code})`,
    );
  }
}
