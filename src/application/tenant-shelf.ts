import type { SweepDependencies } from "./dependencies.ts";
import { openTenantPart } from "./tenant-part.ts";
import type { KeptTables } from "./tenant-rows.ts";

/** Holds the part opened last, so that batches of one process share a copy, side by side or one after the other. */
export interface TenantShelf {
  open(
    deps: Pick<SweepDependencies, "archive" | "log">,
    sweepId: string,
    part: string | null,
  ): Promise<KeptTables>;
  clear(): void;
}

export function createTenantShelf(): TenantShelf {
  let held: { readonly key: string; readonly tables: Promise<KeptTables> } | null = null;
  return {
    async open(deps, sweepId, part) {
      const key = `${sweepId}/${part}`;
      const opened = held?.key === key ? held : { key, tables: openTenantPart(deps, sweepId, part) };
      held = opened;
      let isHad = false;
      try {
        const tables = await opened.tables;
        isHad = tables.size > 0;
        return tables;
      } finally {
        // What was not to be had is looked for again.
        if (!isHad && held === opened) held = null;
      }
    },
    clear() {
      held = null;
    },
  };
}
