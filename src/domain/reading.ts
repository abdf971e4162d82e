import type { Gap } from "./gap.ts";

/**
 * The attempt to read a group of facts. `partial`: what was read holds, but there is more
 * that was not seen, so a failure stands and nothing passes.
 */
export type Reading<T> =
  | { readonly state: "collected"; readonly value: T }
  | { readonly state: "partial"; readonly value: T; readonly gap: Gap }
  | { readonly state: "unavailable"; readonly gap: Gap };

export function collected<T>(value: T): Reading<T> {
  return { state: "collected", value };
}

export function partial<T>(value: T, gap: Gap): Reading<T> {
  return { state: "partial", value, gap };
}

export function unavailable<T>(gap: Gap): Reading<T> {
  return { state: "unavailable", gap };
}
