import type { PipelineRequest } from "@azure/core-rest-pipeline";
import { createFleetSource } from "../../src/adapters/azure/fleet-source.ts";
import { createPace } from "../../src/adapters/azure/pace.ts";
import { openStorage } from "../../src/adapters/storage/open-storage.ts";
import type { SweepDependencies } from "../../src/application/dependencies.ts";
import { createFactSources } from "../../src/composition/fact-sources.ts";
import { silentLog } from "../../src/composition/log.ts";
import { sweepDependencies } from "../../src/composition/wiring.ts";
import { findProfile } from "../../src/controls/profiles.ts";
import type { Alert } from "../../src/domain/alert.ts";
import { type SweepRequest, sweepIdAt } from "../../src/domain/sweep.ts";
import { createEmulatedAzure, type EmulatedAzure } from "../../src/emulator/azure.ts";
import { emulatedCredential } from "../../src/emulator/emulated-credential.ts";
import type { Estate } from "../../src/emulator/estate/world.ts";
import { createEmulatedTransport } from "../../src/emulator/transport.ts";
import { type Carry, createStorageFront, type FrontRule } from "./storage-front.ts";

/** What stays when the product ends: Azure, storage, and what people were told. */
export interface Installation {
  readonly azure: EmulatedAzure;
  /** The cards Teams took, in their order. */
  readonly cards: readonly Alert[];
  /** Starts the product, with clients and memory of its own, at a moment (ISO 8601) at which its clock stands still. */
  start(moment: string, wire?: Wire): Promise<Product>;
  /** Breaks off what requests still hang. */
  close(): void;
}

/** What is between the product and the world; nothing unless it is told. */
export interface Wire {
  /** Every request to Azure, storage and Teams goes through here. */
  readonly carry?: Carry;
  /** What becomes of requests to storage. */
  readonly rule?: FrontRule;
}

/** The product, ready to sweep. */
export interface Product {
  readonly deps: SweepDependencies;
  readonly request: SweepRequest;
}

export interface InstallationOptions {
  readonly estate: Estate;
  readonly connectionString: string;
  readonly prefix: string;
}

/** Nobody gives up before the test does: who waits for the dead waits for ever. */
const forEverInMs = 3_600_000;
const patience = {
  tries: 3,
  tryTimeoutInMs: forEverInMs,
  longestWaitInMs: 120_000,
  sleep: async () => undefined,
};
const storagePatience = { retries: 2, delayInMs: 1, giveUpAfterInMs: forEverInMs };

/** An installation of the product over the emulated Azure, in this process, and a real storage. */
export function createInstallation({ estate, connectionString, prefix }: InstallationOptions): Installation {
  const azure = createEmulatedAzure({ estate });
  const cards: Alert[] = [];
  // Few controls and few requests: what is told of them holds for all, and every one of them is a test.
  const profile = findProfile("headline");
  if (!profile) throw new Error("There is no headline profile.");
  const closing: (() => void)[] = [];

  /** Storage, behind the wire once it is open. */
  async function open({ carry, rule }: Wire) {
    if (!carry && !rule) return openStorage({ connection: { connectionString }, prefix });
    const front = createStorageFront(() => connectionString);
    await front.open();
    closing.push(front.close);
    const connection = { connectionString: front.connectionString() };
    const storage = await openStorage({ connection, prefix, patience: storagePatience });
    if (carry) front.setCarry(carry);
    if (rule) front.setRule(rule);
    return storage;
  }

  return {
    azure,
    cards,
    async start(moment, wired = {}) {
      const through: Carry = wired.carry ?? ((send) => send());
      const wire = createEmulatedTransport(azure);
      const access = {
        credential: emulatedCredential(azure),
        endpoint: "https://management.azure.com",
        scopes: ["https://management.azure.com/.default"],
        httpClient: {
          sendRequest: (request: PipelineRequest) =>
            through(() => wire.sendRequest(request), `${request.method} ${request.url}`),
        },
        patience,
        pace: createPace({ now: () => performance.now(), sleep: async () => undefined }),
      };
      const usual = sweepDependencies({
        fleet: createFleetSource(access),
        facts: createFactSources(access),
        ...(await open(wired)),
        channel: { send: (alert) => through(async () => void cards.push(alert), "POST card") },
        log: silentLog,
        profile,
      });
      return {
        deps: {
          ...usual,
          clock: { now: () => moment },
          limits: { ...usual.limits, clustersPerBatch: 3 },
        },
        request: {
          id: sweepIdAt(moment),
          startedAt: moment,
          asOf: moment.slice(0, 10),
          profile: profile.name,
          scope: { subscriptions: [], managementGroups: [] },
        },
      };
    },
    close() {
      for (const end of closing) end();
    },
  };
}
