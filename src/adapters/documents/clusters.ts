import { DocumentError } from "../../application/document-error.ts";
import type { Document } from "../../application/judge-documents.ts";
import type { ObservedCluster, RowGroup } from "../../application/ports.ts";
import type { Gap } from "../../domain/gap.ts";
import { type Reading, unavailable } from "../../domain/reading.ts";
import { mapManagedCluster } from "../azure/managed-cluster.ts";
import type { JsonObject } from "../json-object.ts";
import type { TemplateCluster } from "./arm-template.ts";
import { decodeText } from "./decode-text.ts";
import { findClusters, type Page, unseenPages } from "./find-clusters.ts";
import { parseJson } from "./parse-json.ts";
import { hideExpressions, nameExpressions } from "./template-expressions.ts";
import { toWireShape } from "./wire-shape.ts";

/** The mapper asks for an id, and a template has none: its clusters get one, and lose it again. */
const standInId =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/template/providers/Microsoft.ContainerService/managedClusters/template";

const lookedFor =
  "looked for the output of az aks list, az aks show or az graph query, a response of ARM or Resource Graph, rows with id and properties, or an ARM template, one or one per line";

/** The clusters of documents in any of the shapes named in `lookedFor`; throws DocumentError when one cannot be read or holds none. */
export async function* readDocuments(documents: readonly Document[]): AsyncGenerator<ObservedCluster | Gap> {
  const pages: Page[] = [];
  for (const document of documents) yield* readDocument(document, pages);
  // A list may be spread over documents, so what is missing of it shows at the end.
  yield* unseenPages(documents.map(({ name }) => name).join(", "), pages);
}

async function* readDocument(
  { name, bytes }: Document,
  pages: Page[],
): AsyncGenerator<ObservedCluster | Gap> {
  const refusals: string[] = [];
  let clusters = 0;
  for await (const value of parseJson(name, decodeText(name, bytes))) {
    for (const sighting of findClusters(value)) {
      switch (sighting.kind) {
        case "cluster":
          clusters += 1;
          yield mapRow(sighting.row);
          break;
        case "templateCluster":
          clusters += 1;
          yield mapTemplateCluster(name, sighting.found);
          break;
        case "page":
          pages.push(sighting);
          break;
        case "refusal":
          refusals.push(sighting.text);
          break;
        default:
          sighting satisfies never;
      }
    }
  }
  if (clusters === 0) {
    const [refusal] = refusals;
    throw new DocumentError(
      name,
      `holds no AKS cluster${refusal === undefined ? "" : ` but Azure's error ${refusal}`}; ${lookedFor}`,
    );
  }
  for (const refusal of refusals) yield refusalGap(name, refusal);
}

/** Facts that stand beside the properties, in columns that a query may leave out. */
const columns = {
  tier: "sku",
  clusterIdentity: "identity",
  principals: "identity",
} as const satisfies Partial<Record<RowGroup, string>>;

/** A column that was not asked for is not absent: what it would tell is not in the document. */
function mapRow(row: JsonObject): ObservedCluster | Gap {
  const observed = mapManagedCluster(toWireShape(row));
  if ("reason" in observed) return observed;
  const shown = new Set(Object.keys(row).map((name) => name.toLowerCase()));
  const missing = Object.entries(columns).filter(([, column]) => !shown.has(column));
  const unread = missing.map(([group, column]) => [group, notInRow(observed.cluster.id, column)]);
  return { ...observed, readings: { ...observed.readings, ...Object.fromEntries(unread) } };
}

function notInRow(scope: string, column: string): Reading<never> {
  return unavailable({
    scope,
    reason: "notInDocument",
    detail: `The row has no column ${column}.`,
    remedy: "Ask for that column too, or check the live cluster: `midwatch check <resource-id>`.",
  });
}

function mapTemplateCluster(
  document: string,
  { pointer, name, row }: TemplateCluster,
): ObservedCluster | Gap {
  const id = `${document}#${pointer}`;
  const { row: decided, byPath } = hideExpressions(toWireShape({ ...row, name: null, tags: null }));
  const observed = mapManagedCluster({ ...decided, id: standInId, name: "template" });
  if ("reason" in observed) return { ...observed, scope: id };
  const cluster = { ...observed.cluster, id, name, subscriptionId: null, resourceGroup: null };
  return nameExpressions({ ...observed, cluster }, byPath, id);
}

function refusalGap(document: string, refusal: string): Gap {
  return {
    scope: document,
    reason: "unavailable",
    detail: `In place of an answer stands Azure's error ${refusal}`,
    remedy: null,
  };
}
