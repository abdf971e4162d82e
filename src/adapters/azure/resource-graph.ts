import { ResourceGraphClient } from "@azure/arm-resourcegraph";
import { ask, type Request, refusal } from "./ask.ts";
import { type AzureAccess, clientOptions, credentialOf, patienceOf } from "./azure-access.ts";
import type { Failure } from "./failure.ts";
import { emptyPage, type GraphPage, readPage } from "./graph-page.ts";
import { createGraphPass, type GraphPass } from "./graph-pass.ts";
import type { Pace } from "./pace.ts";

/** Azure's default and most rows on one page (https://learn.microsoft.com/azure/governance/resource-graph/concepts/work-with-data). */
const mostRowsPerPage = 1000;
/** A query is read again when rows moved between its pages, this often at most. */
const mostPasses = 3;

/** One query and where it looks; neither subscriptions nor management groups: everywhere. */
export interface GraphQuery {
  readonly query: string;
  readonly subscriptions?: readonly string[];
  readonly managementGroups?: readonly string[];
  /** Assignments of roles and policies at the management groups above the subscriptions come as well. */
  readonly withInherited?: boolean;
  /** What is read, as in `the clusters of 3 subscriptions`. */
  readonly task: string;
  readonly remedy: string;
  /** That none of the subscriptions may be read is then no error. */
  readonly isEmptyWhenNoneReadable?: boolean;
  /** Nothing else would tell that a row is missing: several pages are read again until that brings nothing new. */
  readonly isReadAgain?: boolean;
}

/** Raw rows of a query by page, each id once. Throws SourceError when not all of them came, after those that did. */
export type ResourceGraph = (query: GraphQuery) => AsyncGenerator<readonly unknown[], void, undefined>;

/** Resource Graph through the SDK; all queries of one identity share one pace. */
export function createResourceGraph(access: AzureAccess, pace: Pace): ResourceGraph {
  const client = new ResourceGraphClient(credentialOf(access), clientOptions(access));
  const patience = patienceOf(access);

  async function readOne(
    query: GraphQuery,
    top: number,
    skipToken: string | null,
  ): Promise<GraphPage | "tooLarge"> {
    const { subscriptions, managementGroups } = query;
    const request: Request = {
      task: query.task,
      remedy: query.remedy,
      beforeTry: pace.turn,
      afterTry: pace.learn,
      send: (options) =>
        client.resources(
          {
            query: query.query,
            ...(subscriptions && { subscriptions: [...subscriptions] }),
            ...(managementGroups && { managementGroups: [...managementGroups] }),
            options: {
              resultFormat: "objectArray",
              top,
              ...(skipToken !== null && { skipToken }),
              ...(query.withInherited && { authorizationScopeFilter: "AtScopeAboveAndBelow" }),
            },
          },
          options,
        ),
    };
    const outcome = await ask(request, patience);
    if ("answer" in outcome) return readPage(query.task, outcome.answer);
    if (top > 1 && isTooLarge(outcome.failure)) return "tooLarge";
    if (query.isEmptyWhenNoneReadable && outcome.failure.codes.includes("NoValidSubscriptionsInQueryRequest"))
      return emptyPage;
    throw refusal(request, outcome.failure);
  }

  /** Yields rows not yet known, page by page; ends with what can be said of the pass. */
  async function* readPass(
    query: GraphQuery,
    top: number,
    known: Set<string>,
  ): AsyncGenerator<readonly unknown[], GraphPass | "tooLarge", undefined> {
    const pass = createGraphPass(query.task);
    let skipToken: string | null = null;
    do {
      const page: GraphPage | "tooLarge" = await readOne(query, top, skipToken);
      if (page === "tooLarge") return page;
      const fresh = page.rows.filter(({ key }) => !known.has(key) && known.add(key));
      if (fresh.length > 0) yield fresh.map(({ row }) => row);
      pass.take(page);
      skipToken = page.skipToken;
    } while (skipToken !== null);
    return pass;
  }

  return async function* rows(query) {
    const known = new Set<string>();
    let top = mostRowsPerPage;
    for (let passes = 0; ; ) {
      const before = known.size;
      const pass = yield* readPass(query, top, known);
      if (pass === "tooLarge") {
        // A token may hold the page size it was made with, so the pages begin again; rows known stay known.
        top = Math.ceil(top / 4);
        continue;
      }
      const isSettled = !query.isReadAgain || pass.isOnePage() || known.size === before;
      if (pass.isWhole() && isSettled) return;
      passes += 1;
      if (passes >= mostPasses) throw pass.incomplete();
    }
  };
}

/** Seen in public reports: 400 with this detail when a page exceeds 16 MiB. */
function isTooLarge({ codes, status }: Failure): boolean {
  return codes.includes("ResponsePayloadTooLarge") || status === 413;
}
