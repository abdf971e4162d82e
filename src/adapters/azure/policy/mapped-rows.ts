import type { Gap } from "../../../domain/gap.ts";
import { isObject } from "../../json-object.ts";
import { malformedGap, type Place } from "../../row.ts";
import { scopeOfId } from "./policy-rows.ts";

/** Rows of one kind as they come, each once whoever showed it. */
export interface MappedRows<T> {
  take(row: unknown): void;
  all(): readonly T[];
  /** A row that could not be read and may mean one of the scopes (lower case), or null. */
  brokenAt(scopes: ReadonlySet<string>): Gap | null;
}

/** Maps rows whose ids begin with the scope they stand at. */
export function createMappedRows<T extends { readonly id: string }>(map: (root: Place) => T): MappedRows<T> {
  const rows = new Map<string, T>();
  const broken: { readonly scope: string | null; readonly gap: Gap }[] = [];
  return {
    take(row) {
      try {
        const mapped = map({ path: "", value: row });
        rows.set(mapped.id.toLowerCase(), mapped);
      } catch (error) {
        const scope = isObject(row) && typeof row.id === "string" ? scopeOfId(row.id).toLowerCase() : null;
        broken.push({ scope, gap: malformedGap(scope ?? "", error) });
      }
    },
    all: () => [...rows.values()],
    brokenAt: (scopes) => broken.find(({ scope }) => scope === null || scopes.has(scope))?.gap ?? null,
  };
}
