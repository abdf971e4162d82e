import type { SweepDependencies } from "../../src/application/dependencies.ts";
import { handMadeEstate } from "../../src/emulator/estate/hand-made.ts";
import type { Estate } from "../../src/emulator/estate/world.ts";
import { startEmulatedKubernetes } from "../../src/emulator/kubernetes/server.ts";
import { type Conditions, createWatch, type Watch } from "./nights.ts";

/** A watch that looks into the clusters, whose API servers are served until it is closed. */
export interface InspectingWatch extends Watch {
  close(): Promise<void>;
}

/** Requests that go over sockets take what time they take: a try waits for 10 s, if nothing else is said. */
export async function createInspectingWatch(
  overrides: Partial<SweepDependencies> = {},
  estate: Estate = handMadeEstate,
  conditions: Omit<Conditions, "inspection"> = {},
): Promise<InspectingWatch> {
  const watch = createWatch(overrides, estate, { tryTimeoutInMs: 10_000, ...conditions, inspection: true });
  const { close } = await startEmulatedKubernetes(watch.azure);
  return { ...watch, close };
}
