import { hash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { AzureAccess } from "../adapters/azure/azure-access.ts";
import { type Cloud, clouds, graphAt, withEndpoint } from "../adapters/azure/clouds.ts";
import { createClusterSource } from "../adapters/azure/cluster-source.ts";
import { createManagedIdentityCredential, createSignedInCredential } from "../adapters/azure/credential.ts";
import { createFleetSource } from "../adapters/azure/fleet-source.ts";
import { createPace } from "../adapters/azure/pace.ts";
import { createSecretReader } from "../adapters/azure/secrets.ts";
import { createMemoryArchive } from "../adapters/memory/archive.ts";
import { createMemoryHistory } from "../adapters/memory/history.ts";
import { createMemoryOutbox } from "../adapters/memory/outbox.ts";
import { defaultPatience } from "../adapters/patience.ts";
import { openStorage } from "../adapters/storage/open-storage.ts";
import { createTeamsChannel } from "../adapters/teams/webhook.ts";
import type { CheckDependencies } from "../application/check-cluster.ts";
import type { SweepDependencies } from "../application/dependencies.ts";
import type { FactSource } from "../application/fact-source.ts";
import type {
  AlertOutbox,
  Archive,
  Clock,
  ClusterSource,
  FleetSource,
  History,
} from "../application/ports.ts";
import { isLifecycleDataOld, lifecycleCheckedOn } from "../controls/lifecycle-age.ts";
import type { Profile } from "../domain/profile.ts";
import type { AzureSettings, Config, StorageSettings } from "./config.ts";
import { createFactSources } from "./fact-sources.ts";
import { createStderrLog } from "./log.ts";

/** A sweep that shows no sign of life for this long is taken to be dead. */
const lockStaleAfterInMs = 60 * 60 * 1000;

/** Somebody waits for a live check: it gives up sooner than a sweep does. */
const livePatience = { tries: 3, tryTimeoutInMs: 10_000, longestWaitInMs: 5_000 };

export const systemClock: Clock = { now: () => new Date().toISOString() };

/** The function app's side of the product, connected as its settings say. */
export interface ConnectedApp {
  readonly config: Config;
  readonly sweep: SweepDependencies;
  readonly check: CheckDependencies;
}

export async function connectApp(config: Config): Promise<ConnectedApp> {
  const log = createStderrLog();
  const credential = createManagedIdentityCredential(config.clientId);
  const { profile } = config;
  const azure = connectAzure(config, credential, config.inspection);
  const store = await openStore(config.storage, credential);

  const secrets = createSecretReader({
    credential,
    vaultUrl: config.keyVaultUri,
    verifiesChallenge: !isLoopback(config.keyVaultUri),
  });
  const channel = createTeamsChannel({
    address: () => secrets.readAddress(config.webhookSecret),
    publicUrl: config.publicUrl,
    portalUrl: clouds[config.cloud].portalUrl,
    timeoutInMs: 30_000,
    sleep: (ms) => delay(ms),
  });
  const sweep = sweepDependencies({ ...azure, ...store, channel, profile, log });
  return {
    config,
    sweep: {
      ...sweep,
      alertThreshold: config.alertThreshold,
      limits: {
        ...sweep.limits,
        clustersPerBatch: config.clustersPerBatch,
        batchesAtOnce: config.batchesAtOnce,
      },
    },
    check: { clusters: azure.clusters, facts: azure.liveFacts, clock: systemClock, profile, asOf: null },
  };
}

/** The command line's side: the signed-in account, with a store or without. */
export interface CommandLineConnection {
  readonly fleet: FleetSource;
  readonly facts: readonly FactSource[];
  readonly clusters: ClusterSource;
  /** As `facts`, for somebody who waits. */
  readonly liveFacts: readonly FactSource[];
  /** Null remembers nothing. */
  openStore(settings: StorageSettings | null): Promise<Store>;
}

export interface Store {
  readonly history: History;
  readonly archive: Archive;
  readonly outbox: AlertOutbox;
}

/** Looks into clusters only when `inspection` is asked for. */
export function connectCommandLine(
  settings: AzureSettings,
  tenantId: string | null,
  inspection = false,
): CommandLineConnection {
  const credential = createSignedInCredential(cloudOf(settings), tenantId);
  return {
    ...connectAzure(settings, credential, inspection),
    openStore: async (store) =>
      store
        ? openStore(store, credential)
        : { history: createMemoryHistory(), archive: createMemoryArchive(), outbox: createMemoryOutbox() },
  };
}

/** Everything a sweep needs, with the usual limits. */
export function sweepDependencies(
  parts: Pick<SweepDependencies, "fleet" | "facts" | "history" | "archive" | "outbox" | "channel" | "log"> & {
    readonly profile: Profile;
  },
): SweepDependencies {
  return {
    ...parts,
    clock: systemClock,
    staleness: lifecycleStaleness,
    digest: (text) => hash("sha256", text, "hex").slice(0, 16),
    limits: { clustersPerBatch: 1000, batchesAtOnce: 1, lockStaleAfterInMs },
    alertThreshold: "low",
  };
}

/** Dates of retirements and ends of support move: those nobody looked at for half a year are not to be trusted in silence. */
export function lifecycleStaleness(asOf: string): string | null {
  if (!isLifecycleDataOld(asOf)) return null;
  return `Dates of retirements were last checked on ${lifecycleCheckedOn}: a newer version of Midwatch may know better.`;
}

type Credential = AzureAccess["credential"];

function connectAzure(
  settings: AzureSettings,
  credential: Credential,
  inspection: boolean,
): Pick<CommandLineConnection, "fleet" | "facts" | "clusters" | "liveFacts"> {
  const { endpoint, scopes, graph } = cloudOf(settings);
  // One pace for both: the quota is the identity's, whoever asks.
  const access = { credential, endpoint, scopes, graph, pace: createPace(), inspection };
  const liveAccess = { ...access, patience: { ...defaultPatience, ...livePatience } };
  return {
    fleet: createFleetSource(access),
    facts: createFactSources(access),
    clusters: createClusterSource(liveAccess),
    liveFacts: createFactSources(liveAccess),
  };
}

function openStore(settings: StorageSettings, credential: Credential): Promise<Store> {
  return openStorage({ connection: settings.kind === "identity" ? { ...settings, credential } : settings });
}

function cloudOf({ cloud: name, armEndpoint, graphEndpoint }: AzureSettings): Cloud {
  const known = armEndpoint === null ? clouds[name] : withEndpoint(clouds[name], armEndpoint);
  return graphEndpoint === null ? known : { ...known, graph: graphAt(graphEndpoint) };
}

/** A vault on loopback is nobody's but this machine's, and cannot name Key Vault's domain in its challenge. */
function isLoopback(address: string): boolean {
  return ["127.0.0.1", "localhost", "[::1]"].includes(new URL(address).hostname);
}
