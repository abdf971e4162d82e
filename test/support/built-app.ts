import { fileURLToPath } from "node:url";
import { type FunctionsHost, startFunctionsHost } from "../../src/host/functions-host.ts";

/** Settings with which the app starts; nothing is reached before a trigger fires. */
export const someSettings: Readonly<Record<string, string>> = {
  // Not while tests run.
  SWEEP_SCHEDULE: "0 0 1 1 1 *",
  MIDWATCH_STORAGE: "UseDevelopmentStorage=true",
  MIDWATCH_KEY_VAULT_URI: "https://midwatch.vault.azure.net",
};

/** The built app, loaded into this process as the Functions runtime would load it. */
export async function loadBuiltApp(settings: Readonly<Record<string, string>>): Promise<FunctionsHost> {
  const before = Object.keys(settings).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, settings);
  try {
    return await startFunctionsHost({
      entry: fileURLToPath(new URL("../../dist/functions/index.cjs", import.meta.url)),
      port: 0,
      settings,
      log: () => undefined,
    });
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
