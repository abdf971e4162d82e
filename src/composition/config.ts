import { z } from "zod";
import { type CloudName, cloudNames } from "../adapters/azure/clouds.ts";
import type { Profile } from "../domain/profile.ts";
import { type Severity, severities } from "../domain/severity.ts";
import type { SweepScope } from "../domain/sweep.ts";
import { readProfileSetting } from "./profile-setting.ts";
import { isSchedule } from "./schedule.ts";

/** Where tables and blobs are: an account reached by identity, or (Azurite, tests) a connection string. */
export type StorageSettings =
  | { readonly kind: "identity"; readonly blobServiceUri: string; readonly tableServiceUri: string }
  | { readonly kind: "connectionString"; readonly connectionString: string };

/** How Azure is reached. */
export interface AzureSettings {
  readonly cloud: CloudName;
  /** Overrides the cloud's own address of ARM. */
  readonly armEndpoint: string | null;
  /** Overrides the cloud's own address of Microsoft Graph. */
  readonly graphEndpoint: string | null;
  /** The user-assigned identity to sign in as, where there are several. */
  readonly clientId: string | null;
}

/** Everything the function app reads from its settings, checked. */
export interface Config extends AzureSettings {
  readonly sweepSchedule: string;
  readonly profile: Profile;
  /** Clusters are looked into through the Kubernetes API. */
  readonly inspection: boolean;
  readonly scope: SweepScope;
  readonly engine: "durable" | "inProcess";
  readonly storage: StorageSettings;
  readonly keyVaultUri: string;
  readonly webhookSecret: string;
  readonly publicUrl: string | null;
  readonly clustersPerBatch: number;
  readonly batchesAtOnce: number;
  readonly alertThreshold: Severity;
}

/** Settings that cannot be used; the message names every fault, one a line. */
export class ConfigError extends Error {
  constructor(faults: readonly string[]) {
    super(`The settings cannot be used:\n${faults.map((fault) => `  ${fault}`).join("\n")}`);
    this.name = "ConfigError";
  }
}

const subscriptionId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const address = z.url({ protocol: /^https?$/, error: "is not an http(s) address" });
/** Where tokens are sent to. */
const secureAddress = z.url({ protocol: /^https$/, error: "is not an https address" });
const whole = (most: number) =>
  z.coerce
    .number({ error: "is not a number" })
    .int("is not a whole number")
    .min(1, "is less than 1")
    .max(most, `is more than ${most}`);
const list = (pattern: RegExp, what: string) =>
  z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((item) => item.trim())
        .filter((item) => item !== ""),
    )
    // The schema sees filled settings only, and nothing in a list would mean everything there is.
    .refine((items) => items.length > 0, "holds commas and no name; leave it empty to sweep everything")
    .pipe(
      z.array(z.string().regex(pattern, { error: ({ input }) => `names "${input}", which is not ${what}` })),
    );
const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `is none of ${values.join(", ")}` });

const azureSchema = z.object({
  MIDWATCH_CLOUD: oneOf(cloudNames).default("public"),
  MIDWATCH_ARM_ENDPOINT: secureAddress.optional(),
  MIDWATCH_GRAPH_ENDPOINT: secureAddress.optional(),
  AZURE_CLIENT_ID: z.guid({ error: "is not a client id (GUID)" }).optional(),
});

const storageSchema = z.object({
  MIDWATCH_STORAGE: z
    .string()
    .regex(/^UseDevelopmentStorage=true;?$|AccountName=/, "is not a storage connection string")
    .optional(),
  MIDWATCH_STORAGE__blobServiceUri: secureAddress.optional(),
  MIDWATCH_STORAGE__tableServiceUri: secureAddress.optional(),
});

const configSchema = azureSchema.extend(storageSchema.shape).extend({
  // Required: the timer's binding reads it too, and knows no default.
  SWEEP_SCHEDULE: z
    .string()
    .refine(isSchedule, "is not an NCRONTAB expression of six fields, such as 0 0 1 * * *"),
  MIDWATCH_PROFILE: z
    .string()
    .default("default")
    .transform((text, context) => {
      const outcome = readProfileSetting(text);
      if ("profile" in outcome) return outcome.profile;
      for (const message of outcome.faults) context.addIssue({ code: "custom", message });
      return z.NEVER;
    }),
  MIDWATCH_INSPECTION: oneOf(["off", "on"]).default("off"),
  MIDWATCH_SUBSCRIPTIONS: list(subscriptionId, "a subscription id").default([]),
  MIDWATCH_MANAGEMENT_GROUPS: list(/^[-\w.()]{1,90}$/, "the name of a management group").default([]),
  MIDWATCH_ENGINE: oneOf(["durable", "inProcess"]).default("durable"),
  MIDWATCH_KEY_VAULT_URI: secureAddress,
  MIDWATCH_WEBHOOK_SECRET: z
    .string()
    .regex(/^[0-9a-zA-Z-]{1,127}$/, "is not the name of a Key Vault secret")
    .default("teams-webhook"),
  MIDWATCH_PUBLIC_URL: address.optional(),
  MIDWATCH_BATCH_CLUSTERS: whole(5000).default(1000),
  MIDWATCH_BATCH_WINDOW: whole(16).default(1),
  MIDWATCH_ALERT_THRESHOLD: oneOf(severities).default("low"),
});

/** Every setting the app reads, by name: local.settings.example.json and the deployment name the same. */
export const settingNames: readonly string[] = Object.keys(configSchema.shape).sort();

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the function app's settings; throws ConfigError with all faults at once. */
export function readConfig(environment: Environment = process.env): Config {
  const { data, faults } = parse(configSchema, environment);
  const storage = readStorage(environment);
  const all = [...faults, ...storage.faults, ...scopeFaults(environment)];
  if (!data || !storage.settings || all.length > 0) throw new ConfigError(all);
  return {
    ...azureSettings(data),
    sweepSchedule: data.SWEEP_SCHEDULE,
    profile: data.MIDWATCH_PROFILE,
    inspection: data.MIDWATCH_INSPECTION === "on",
    scope: {
      subscriptions: data.MIDWATCH_SUBSCRIPTIONS.map((id) => id.toLowerCase()),
      managementGroups: data.MIDWATCH_MANAGEMENT_GROUPS,
    },
    engine: data.MIDWATCH_ENGINE,
    storage: storage.settings,
    keyVaultUri: data.MIDWATCH_KEY_VAULT_URI,
    webhookSecret: data.MIDWATCH_WEBHOOK_SECRET,
    publicUrl: data.MIDWATCH_PUBLIC_URL ?? null,
    clustersPerBatch: data.MIDWATCH_BATCH_CLUSTERS,
    batchesAtOnce: data.MIDWATCH_BATCH_WINDOW,
    alertThreshold: data.MIDWATCH_ALERT_THRESHOLD,
  };
}

/** The part of the settings that the command line reads too. */
export function readAzureSettings(environment: Environment = process.env): AzureSettings {
  const { data, faults } = parse(azureSchema, environment);
  if (!data) throw new ConfigError(faults);
  return azureSettings(data);
}

/** Of the public cloud, Azure Government and Azure in China: a token for storage is sent to no other host. */
const storageSuffixes: readonly string[] = [
  "core.windows.net",
  "core.usgovcloudapi.net",
  "core.chinacloudapi.cn",
];

/** The storage a person names on the command line: a connection string, or the account's blob or table address. */
export function readStore(text: string): StorageSettings | null {
  if (/^UseDevelopmentStorage=true;?$|AccountName=/.test(text))
    return { kind: "connectionString", connectionString: text };
  const [, account, suffix = ""] =
    /^https:\/\/([a-z0-9]{3,24})\.(?:blob|table|web|dfs)\.([a-z0-9.-]+?)\/?$/.exec(text) ?? [];
  if (!storageSuffixes.includes(suffix)) return null;
  return {
    kind: "identity",
    blobServiceUri: `https://${account}.blob.${suffix}`,
    tableServiceUri: `https://${account}.table.${suffix}`,
  };
}

/** Reports and cards are coloured and interactive only for people who want that. */
export function readTerminalSettings(environment: Environment = process.env): {
  readonly isColourless: boolean;
  readonly isDebug: boolean;
} {
  return {
    isColourless: (environment.NO_COLOR ?? "") !== "",
    isDebug: (environment.MIDWATCH_DEBUG ?? "") !== "",
  };
}

const storageMissing =
  "MIDWATCH_STORAGE__blobServiceUri and MIDWATCH_STORAGE__tableServiceUri are missing (or, for Azurite, MIDWATCH_STORAGE).";

/** Addresses that are wrong are told by the schema; here, those that are not there. */
function readStorage(environment: Environment): {
  readonly settings: StorageSettings | null;
  readonly faults: readonly string[];
} {
  const { data } = parse(storageSchema, environment);
  if (!data) return { settings: null, faults: [] };
  if (data.MIDWATCH_STORAGE)
    return { settings: { kind: "connectionString", connectionString: data.MIDWATCH_STORAGE }, faults: [] };
  const blobServiceUri = data.MIDWATCH_STORAGE__blobServiceUri;
  const tableServiceUri = data.MIDWATCH_STORAGE__tableServiceUri;
  return blobServiceUri && tableServiceUri
    ? { settings: { kind: "identity", blobServiceUri, tableServiceUri }, faults: [] }
    : { settings: null, faults: [storageMissing] };
}

/** Resource Graph takes either, never both. */
function scopeFaults(environment: Environment): readonly string[] {
  const isBoth =
    isFilled(environment.MIDWATCH_SUBSCRIPTIONS) && isFilled(environment.MIDWATCH_MANAGEMENT_GROUPS);
  return isBoth
    ? ["MIDWATCH_SUBSCRIPTIONS and MIDWATCH_MANAGEMENT_GROUPS exclude each other; leave one empty."]
    : [];
}

function azureSettings(data: z.infer<typeof azureSchema>): AzureSettings {
  return {
    cloud: data.MIDWATCH_CLOUD,
    armEndpoint: data.MIDWATCH_ARM_ENDPOINT ?? null,
    graphEndpoint: data.MIDWATCH_GRAPH_ENDPOINT ?? null,
    clientId: data.AZURE_CLIENT_ID ?? null,
  };
}

/** An empty setting counts as one that is not there: that is how deployments leave one out. */
function parse<T>(
  schema: z.ZodType<T>,
  environment: Environment,
): { readonly data: T | null; readonly faults: readonly string[] } {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => isFilled(value)));
  const outcome = schema.safeParse(filled);
  if (outcome.success) return { data: outcome.data, faults: [] };
  const faults = outcome.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return filled[name] === undefined ? `${name} is missing.` : `${name} ${issue.message}.`;
  });
  return { data: null, faults: [...new Set(faults)] };
}

function isFilled(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== "";
}
