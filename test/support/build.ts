import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Before a test run: builds once what is run as a process of its own. */
export async function setup(): Promise<void> {
  await promisify(execFile)(process.execPath, ["scripts/build.mjs"]);
}
