import type { TenantRows } from "../../../application/fact-source.ts";
import type { SourceError } from "../../../application/source-error.ts";
import type { Gap } from "../../../domain/gap.ts";
import { isObject } from "../../json-object.ts";
import { at, malformedGap, type Place, readRequiredText } from "../../row.ts";
import { managedIdentitiesQuery } from "../queries.ts";
import type { ResourceGraph } from "../resource-graph.ts";
import { everywhere } from "./held-anywhere.ts";
import { readRows } from "./read-rows.ts";

/** Ids take some forty characters of a query's text each. */
const mostIdentitiesAtOnce = 500;

export interface ManagedIdentity {
  readonly id: string;
  /** Lower case. */
  readonly principalId: string;
}

/** Before the rows of an answer: whom it was about, since most principals are no managed identities and have no row. */
interface Asked {
  readonly asked: readonly string[];
}

/** Looks for the managed identities behind object ids in all the tenant; rows of `managedIdentitiesQuery`, and who was asked about. */
export async function readManagedIdentities(
  graph: ResourceGraph,
  principalIds: readonly string[],
): Promise<TenantRows> {
  const rows: unknown[] = [];
  let failure: SourceError | null = null;
  for (let start = 0; start < principalIds.length; start += mostIdentitiesAtOnce) {
    const asked = principalIds.slice(start, start + mostIdentitiesAtOnce);
    const read = await readRows(
      graph,
      everywhere(
        managedIdentitiesQuery(...asked),
        `the managed identities behind ${asked.length} holders of roles`,
      ),
    );
    rows.push({ asked } satisfies Asked);
    for (const row of read.rows) rows.push(row);
    failure ??= read.failure;
  }
  return { rows, failure };
}

/** What such rows tell. */
export function mapManagedIdentities(rows: readonly unknown[]): {
  readonly asked: ReadonlySet<string>;
  readonly identities: readonly ManagedIdentity[];
  /** A row that cannot be made out may be anybody's. */
  readonly broken: Gap | null;
} {
  const asked = new Set<string>();
  const identities: ManagedIdentity[] = [];
  let broken: Gap | null = null;
  for (const row of rows) {
    if (isAsked(row)) {
      for (const id of row.asked) asked.add(id);
      continue;
    }
    const root: Place = { path: "", value: row };
    try {
      identities.push({
        id: readRequiredText(at(root, "id")),
        principalId: readRequiredText(at(root, "principalId")).toLowerCase(),
      });
    } catch (error) {
      broken ??= malformedGap("/", error);
    }
  }
  return { asked, identities, broken };
}

/** Azure's rows have no such column. */
function isAsked(row: unknown): row is Asked {
  return isObject(row) && Array.isArray(row.asked);
}
