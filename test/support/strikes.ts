import { type FaultKind, faultKinds, kubernetesFaults } from "../../src/emulator/fault-kinds.ts";
import { canBefall, type Fault, type ServiceName } from "../../src/emulator/faults.ts";

/** A fault that is not yet aimed. */
export type Strike = Omit<Fault, "match">;

/** These make no secret of the truth: with one Azure has moved on, with the other it says something else. */
const honest: readonly FaultKind[] = ["nextNight", "nullProperties"];

/** These befall API servers alone, of which a test of their own tells (source-faults). */
const inside: readonly FaultKind[] = kubernetesFaults;

/** Every kind of fault under which nothing but the truth may be told, and some in several shapes. */
export const strikes: Readonly<Record<string, Strike>> = {
  ...Object.fromEntries(
    faultKinds
      .filter((kind) => !honest.includes(kind) && !inside.includes(kind))
      .map((kind) => [kind, { kind }] as const),
  ),
  ...Object.fromEntries(
    ["86400", "Fri, 31 Dec 9999 23:59:59 GMT", "-5", "soon", "1e400", ""].map(
      (retryAfter) => [`429 with Retry-After "${retryAfter}"`, { kind: "429", retryAfter }] as const,
    ),
  ),
  "503 with Retry-After 86400": { kind: "503", retryAfter: "86400" },
  "many wrong types (seed 1)": wrongTypes(1, 30),
  "many wrong types (seed 2)": wrongTypes(2, 30),
  "many wrong types (seed 4)": wrongTypes(4, 30),
  "nothing but wrong types": wrongTypes(1, 100_000),
  "nothing but new enum values": { kind: "newEnumValues", alterations: 100_000 },
};

/** A 404 of ARM on a cluster or subscription is its word that it is gone: that is no fault to survive. */
export function canStrike({ kind }: Strike, service: ServiceName): boolean {
  if (kind === "404") return service !== "managedClusters" && service !== "subscriptions";
  return canBefall(kind, service);
}

function wrongTypes(seed: number, alterations: number): Strike {
  return { kind: "wrongTypes", seed, alterations };
}
