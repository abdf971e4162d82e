import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  ConfigError,
  readAzureSettings,
  readConfig,
  readStore,
  readTerminalSettings,
  settingNames,
} from "../../src/composition/config.ts";
import { findProfile } from "../../src/controls/profiles.ts";

const least = {
  SWEEP_SCHEDULE: "0 0 1 * * *",
  MIDWATCH_STORAGE__blobServiceUri: "https://midwatch.blob.core.windows.net/",
  MIDWATCH_STORAGE__tableServiceUri: "https://midwatch.table.core.windows.net/",
  MIDWATCH_KEY_VAULT_URI: "https://midwatch.vault.azure.net/",
};
const id = "50b00000-0000-4000-8000-00000000010A";

const wrong = [
  ["MIDWATCH_CLOUD", "mars"],
  ["MIDWATCH_ARM_ENDPOINT", "management.azure.com"],
  ["MIDWATCH_ARM_ENDPOINT", "http://management.azure.com"],
  ["MIDWATCH_GRAPH_ENDPOINT", "http://graph.microsoft.com"],
  ["AZURE_CLIENT_ID", "midwatch"],
  ["MIDWATCH_STORAGE", "midwatch"],
  ["MIDWATCH_STORAGE__blobServiceUri", "http://midwatch.blob.core.windows.net"],
  ["MIDWATCH_STORAGE__tableServiceUri", "midwatch"],
  ["MIDWATCH_PROFILE", "strictest"],
  ["MIDWATCH_PROFILE", "profiles/none.json"],
  ["MIDWATCH_INSPECTION", "true"],
  ["MIDWATCH_SUBSCRIPTIONS", "production"],
  ["MIDWATCH_SUBSCRIPTIONS", `${id};${id}`],
  ["MIDWATCH_SUBSCRIPTIONS", " ,, ,"],
  ["MIDWATCH_MANAGEMENT_GROUPS", "contoso platform"],
  ["MIDWATCH_MANAGEMENT_GROUPS", ","],
  ["MIDWATCH_ENGINE", "Durable"],
  ["MIDWATCH_KEY_VAULT_URI", "http://midwatch.vault.azure.net"],
  ["MIDWATCH_WEBHOOK_SECRET", "https://example.com/hook"],
  ["MIDWATCH_PUBLIC_URL", "midwatch.example"],
  ["MIDWATCH_PUBLIC_URL", "javascript:alert(1)"],
  ["MIDWATCH_BATCH_CLUSTERS", "many"],
  ["MIDWATCH_BATCH_CLUSTERS", "0"],
  ["MIDWATCH_BATCH_CLUSTERS", "5001"],
  ["MIDWATCH_BATCH_WINDOW", "1.5"],
  ["MIDWATCH_BATCH_WINDOW", "17"],
  ["MIDWATCH_ALERT_THRESHOLD", "urgent"],
] as const;

/** The lines of what readConfig complains about. */
function faultsOf(changes: Readonly<Record<string, string | undefined>>): readonly string[] {
  try {
    readConfig({ ...least, ...changes });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [head, ...faults] = error.message.split("\n");
    expect(head).toBe("The settings cannot be used:");
    return faults.map((fault) => fault.trim());
  }
}

describe("the app's settings", () => {
  it("have defaults where there is one", () => {
    expect(readConfig(least)).toEqual({
      cloud: "public",
      armEndpoint: null,
      graphEndpoint: null,
      clientId: null,
      sweepSchedule: "0 0 1 * * *",
      profile: findProfile("default"),
      inspection: false,
      scope: { subscriptions: [], managementGroups: [] },
      engine: "durable",
      storage: {
        kind: "identity",
        blobServiceUri: least.MIDWATCH_STORAGE__blobServiceUri,
        tableServiceUri: least.MIDWATCH_STORAGE__tableServiceUri,
      },
      keyVaultUri: least.MIDWATCH_KEY_VAULT_URI,
      webhookSecret: "teams-webhook",
      publicUrl: null,
      clustersPerBatch: 1000,
      batchesAtOnce: 1,
      alertThreshold: "low",
    });
  });

  it("count as not there when they are empty", () => {
    const empty = Object.fromEntries(settingNames.map((name) => [name, " "]));
    expect(readConfig({ ...empty, ...least })).toEqual(readConfig(least));
  });

  it("are all taken", () => {
    expect(
      readConfig({
        ...least,
        MIDWATCH_CLOUD: "usgov",
        MIDWATCH_ARM_ENDPOINT: "https://management.azurestack.local",
        MIDWATCH_GRAPH_ENDPOINT: "https://graph.azurestack.local",
        AZURE_CLIENT_ID: id,
        MIDWATCH_SUBSCRIPTIONS: ` ${id}, ${id.replace("A", "B")} ,`,
        MIDWATCH_PROFILE: "guide-a",
        MIDWATCH_INSPECTION: "on",
        MIDWATCH_ENGINE: "inProcess",
        MIDWATCH_STORAGE: "UseDevelopmentStorage=true",
        MIDWATCH_WEBHOOK_SECRET: "hook-2",
        MIDWATCH_PUBLIC_URL: "https://midwatch.example",
        MIDWATCH_BATCH_CLUSTERS: "5000",
        MIDWATCH_BATCH_WINDOW: "16",
        MIDWATCH_ALERT_THRESHOLD: "high",
      }),
    ).toMatchObject({
      cloud: "usgov",
      armEndpoint: "https://management.azurestack.local",
      graphEndpoint: "https://graph.azurestack.local",
      clientId: id,
      scope: { subscriptions: [id.toLowerCase(), id.replace("A", "b")], managementGroups: [] },
      profile: { name: "guide-a" },
      inspection: true,
      engine: "inProcess",
      storage: { kind: "connectionString", connectionString: "UseDevelopmentStorage=true" },
      webhookSecret: "hook-2",
      publicUrl: "https://midwatch.example",
      clustersPerBatch: 5000,
      batchesAtOnce: 16,
      alertThreshold: "high",
    });
    expect(readConfig({ ...least, MIDWATCH_MANAGEMENT_GROUPS: "contoso, contoso-platform" }).scope).toEqual({
      subscriptions: [],
      managementGroups: ["contoso", "contoso-platform"],
    });
  });

  it.each([
    ["SWEEP_SCHEDULE", "SWEEP_SCHEDULE is missing."],
    ["MIDWATCH_KEY_VAULT_URI", "MIDWATCH_KEY_VAULT_URI is missing."],
    ["MIDWATCH_STORAGE__blobServiceUri", /^MIDWATCH_STORAGE__blobServiceUri and .* are missing/],
    ["MIDWATCH_STORAGE__tableServiceUri", /^MIDWATCH_STORAGE__blobServiceUri and .* are missing/],
  ])("are refused without %s", (name, fault) => {
    for (const value of [undefined, "", "  "]) {
      const faults = faultsOf({ [name]: value });
      expect(faults).toHaveLength(1);
      expect(faults[0]).toMatch(fault);
    }
  });

  it.each(wrong)("name %s when it is %j", (name, value) => {
    const faults = faultsOf({ [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name} \\S.*\\.$`));
  });

  it("name the item of a list that is wrong", () => {
    expect(faultsOf({ MIDWATCH_SUBSCRIPTIONS: `${id},production` })).toEqual([
      'MIDWATCH_SUBSCRIPTIONS names "production", which is not a subscription id.',
    ]);
  });

  it("never take a list of nothing for the whole tenant", () => {
    expect(faultsOf({ MIDWATCH_SUBSCRIPTIONS: ",,," })).toEqual([
      "MIDWATCH_SUBSCRIPTIONS holds commas and no name; leave it empty to sweep everything.",
    ]);
  });

  it("cover every setting by the cases above", () => {
    const refused = new Set<string>(wrong.map(([name]) => name));
    expect([...refused, "SWEEP_SCHEDULE"].sort()).toEqual(settingNames);
  });

  it.each([
    "* * *",
    "0 1 * * *",
    "@daily",
    "every night",
    "0 0 25 * * *",
    "0 0 1 L * *",
    "0 0 1 ? * *",
    "0 0 1 15W * *",
    "0 0 1 * * MON#2",
    "0 0 1 * * 7",
    "0 0 1 31 2 *",
    "0 0 1 * * * 2027",
    "01:00:00",
  ])("take no schedule that the timer would not: %s", (schedule) => {
    expect(faultsOf({ SWEEP_SCHEDULE: schedule })[0]).toMatch(
      /^SWEEP_SCHEDULE is not an NCRONTAB expression/,
    );
  });

  it.each(["0 0 1 * * *", "0 */5 * * * *", "30 0 1,13 * * MON-FRI", "0 0 1 1 JAN *", "0 0 0-6/2 * * 0"])(
    "take a schedule that the timer takes: %s",
    (schedule) => {
      expect(readConfig({ ...least, SWEEP_SCHEDULE: schedule }).sweepSchedule).toBe(schedule);
    },
  );

  it("are refused with all faults in one message", () => {
    const faults = faultsOf({
      SWEEP_SCHEDULE: "nightly",
      MIDWATCH_KEY_VAULT_URI: undefined,
      MIDWATCH_STORAGE__blobServiceUri: undefined,
      MIDWATCH_STORAGE__tableServiceUri: undefined,
      MIDWATCH_CLOUD: "mars",
      MIDWATCH_SUBSCRIPTIONS: id,
      MIDWATCH_MANAGEMENT_GROUPS: "contoso",
    });
    expect(faults.map((fault) => fault.split(" ")[0])).toEqual([
      "MIDWATCH_CLOUD",
      "SWEEP_SCHEDULE",
      "MIDWATCH_KEY_VAULT_URI",
      "MIDWATCH_STORAGE__blobServiceUri",
      "MIDWATCH_SUBSCRIPTIONS",
    ]);
    expect(faults.at(-1)).toMatch(/MIDWATCH_MANAGEMENT_GROUPS exclude each other/);
  });
});

describe("a profile of somebody's own", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "midwatch-profile-"));
    file = join(folder, "ours.json");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is read from the file that the setting names", () => {
    const controls = [{ id: "identity.token-issuers-known", severity: "low" }];
    writeFileSync(
      file,
      `\ufeff${JSON.stringify({ controls, parameters: { knownIssuers: ["https://i.example"] } })}`,
    );
    const { profile } = readConfig({ ...least, MIDWATCH_PROFILE: file });
    expect(profile.name).toBe("ours");
    expect(profile.parameters).toEqual({ allowedRegistries: [], knownIssuers: ["https://i.example"] });
    expect(profile.controls).toContainEqual({
      control: expect.objectContaining({ id: "identity.token-issuers-known" }),
      severity: "low",
    });
  });

  it("is refused with all its faults, beside those of other settings", () => {
    writeFileSync(file, JSON.stringify({ name: "mcsb", controls: ["nodes.gone"], clusters: { only: {} } }));
    expect(faultsOf({ MIDWATCH_PROFILE: file, MIDWATCH_CLOUD: "mars" })).toEqual([
      "MIDWATCH_CLOUD is none of public, usgov, china.",
      `MIDWATCH_PROFILE names ${file}: clusters only names no condition.`,
      `MIDWATCH_PROFILE names ${file}: A profile named "mcsb" is built in; scores would not say which was meant.`,
      `MIDWATCH_PROFILE names ${file}: There is no control "nodes.gone".`,
    ]);
  });

  it.each([
    ["is broken", '{"controls":[', /ours\.json:1:14: is not JSON: .*\.$/],
    ["is empty", "", /ours\.json:1:1: is empty\.$/],
    ["is no text", Buffer.from([0xff, 0xfe, 0xfd]), /ours\.json: is not text in UTF-8\.$/],
  ])("is refused by name when its file %s", (_, content, says) => {
    writeFileSync(file, content);
    expect(faultsOf({ MIDWATCH_PROFILE: file })).toEqual([expect.stringMatching(says)]);
  });

  it("is refused by name when there is no such file, or a folder in its place", () => {
    expect(faultsOf({ MIDWATCH_PROFILE: file })).toEqual([`MIDWATCH_PROFILE names ${file}: does not exist.`]);
    expect(faultsOf({ MIDWATCH_PROFILE: `${folder}/` })).toEqual([
      `MIDWATCH_PROFILE names ${folder}/: cannot be read (EISDIR).`,
    ]);
  });
});

describe("the settings of the command line", () => {
  it("are the few that say how Azure is reached", () => {
    expect(readAzureSettings({})).toEqual({
      cloud: "public",
      armEndpoint: null,
      graphEndpoint: null,
      clientId: null,
    });
    expect(readAzureSettings({ MIDWATCH_CLOUD: "china" }).cloud).toBe("china");
    expect(() => readAzureSettings({ MIDWATCH_CLOUD: "mars", AZURE_CLIENT_ID: "x" })).toThrow(
      /MIDWATCH_CLOUD .*\n {2}AZURE_CLIENT_ID /,
    );
  });

  it("heed NO_COLOR and MIDWATCH_DEBUG when they are not empty", () => {
    expect(readTerminalSettings({ NO_COLOR: "", MIDWATCH_DEBUG: "1" })).toEqual({
      isColourless: false,
      isDebug: true,
    });
    expect(readTerminalSettings({ NO_COLOR: "1" })).toEqual({ isColourless: true, isDebug: false });
  });
});

describe("a store named on the command line", () => {
  it.each([
    "UseDevelopmentStorage=true",
    "DefaultEndpointsProtocol=https;AccountName=midwatch;AccountKey=a2V5",
  ])("may be a connection string: %s", (text) => {
    expect(readStore(text)).toEqual({ kind: "connectionString", connectionString: text });
  });

  it.each([
    ["https://midwatch.blob.core.windows.net", "core.windows.net"],
    ["https://midwatch.table.core.windows.net/", "core.windows.net"],
    ["https://midwatch.table.core.usgovcloudapi.net", "core.usgovcloudapi.net"],
    ["https://midwatch.blob.core.chinacloudapi.cn/", "core.chinacloudapi.cn"],
  ])("may be an account's address: %s", (text, suffix) => {
    expect(readStore(text)).toEqual({
      kind: "identity",
      blobServiceUri: `https://midwatch.blob.${suffix}`,
      tableServiceUri: `https://midwatch.table.${suffix}`,
    });
  });

  it.each([
    "",
    "midwatch",
    "http://midwatch.blob.core.windows.net",
    "https://midwatch.queue.core.windows.net",
    "https://midwatch.blob.core.windows.net/evidence",
    "https://evil.example/midwatch.blob.core.windows.net",
    "https://user@midwatch.blob.core.windows.net",
    "https://midwatch.blob.evil.example",
    "https://midwatch.blob.core.windows.net.evil.example",
    "https://midwatch.blob.evil-core.windows.net",
    "https://midwatch.blob.core-windows.net",
    "https://midwatch.blob.azurewebsites.net",
  ])("is nothing else: %j", (text) => {
    expect(readStore(text)).toBeNull();
  });
});

describe("local.settings.example.json", () => {
  const { IsEncrypted, Values } = JSON.parse(readFileSync("local.settings.example.json", "utf8"));
  const { AzureWebJobsStorage, FUNCTIONS_WORKER_RUNTIME, ...ours } = Values;

  it("names every setting, and the platform's two", () => {
    expect(Object.keys(ours).sort()).toEqual(settingNames);
    expect([AzureWebJobsStorage, FUNCTIONS_WORKER_RUNTIME]).toEqual(["UseDevelopmentStorage=true", "node"]);
    expect(IsEncrypted).toBe(false);
  });

  it("holds values that the app starts with, on this machine alone", () => {
    const config = readConfig(Values);
    expect(config.storage).toEqual({
      kind: "connectionString",
      connectionString: "UseDevelopmentStorage=true",
    });
    expect(new URL(config.keyVaultUri).hostname).toBe("localhost");
  });
});
