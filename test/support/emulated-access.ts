import type { AzureAccess } from "../../src/adapters/azure/azure-access.ts";
import { createPace, type Pace } from "../../src/adapters/azure/pace.ts";
import type { Patience } from "../../src/adapters/patience.ts";
import { createEmulatedAzure, type EmulatedAzure } from "../../src/emulator/azure.ts";
import { emulatedCredential } from "../../src/emulator/emulated-credential.ts";
import { createListedWorld } from "../../src/emulator/estate/listed-world.ts";
import type { ListedWorld } from "../../src/emulator/estate/world.ts";
import type { Fault } from "../../src/emulator/faults.ts";
import { createEmulatedTransport } from "../../src/emulator/transport.ts";

export interface EmulatedAccess {
  readonly azure: EmulatedAzure;
  readonly access: AzureAccess & { readonly pace: Pace };
  /** What was waited for between tries, in milliseconds; no time really passed. */
  readonly waits: readonly number[];
  /** What was waited for to stay within the quota. */
  readonly pauses: readonly number[];
}

export interface AccessChanges {
  readonly faults?: readonly Fault[];
  readonly patience?: Partial<Patience>;
  readonly quota?: "enforced" | "off";
}

/** The real SDK clients over an emulated Azure in this process, on a clock that only waiting moves. */
export function emulatedAccess(
  world: ListedWorld,
  { faults = [], patience, quota = "off" }: AccessChanges = {},
): EmulatedAccess {
  const waits: number[] = [];
  const pauses: number[] = [];
  let passedInMs = 0;
  const started = Date.parse(world.now);
  const azure = createEmulatedAzure({
    estate: { nights: [createListedWorld(world)] },
    clock: () => started + passedInMs,
    quota,
  });
  for (const fault of faults) azure.faults.add(fault);

  const sleepInto = (kept: number[]) => async (ms: number) => {
    kept.push(ms);
    passedInMs += ms;
  };
  return {
    azure,
    waits,
    pauses,
    access: {
      credential: farFuture(emulatedCredential(azure)),
      endpoint: "https://management.azure.com",
      scopes: ["https://management.azure.com/.default"],
      httpClient: createEmulatedTransport(azure),
      pace: createPace({ now: () => passedInMs, sleep: sleepInto(pauses) }),
      patience: {
        tries: 3,
        tryTimeoutInMs: 1_000,
        longestWaitInMs: 60_000,
        sleep: sleepInto(waits),
        ...patience,
      },
    },
  };
}

/** The emulated night may lie in the past of the machine's clock, by which the SDK judges whether a token is still good. */
function farFuture(credential: AzureAccess["credential"]): AzureAccess["credential"] {
  return {
    async getToken(scopes, options) {
      const token = await credential.getToken(scopes, options);
      return token && { ...token, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  };
}
