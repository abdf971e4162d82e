import { gapFrom, SourceError } from "../../../application/source-error.ts";
import type { Gap } from "../../../domain/gap.ts";
import { isObject, type JsonObject } from "../../json-object.ts";
import { MalformedPropertyError, malformedGap, type Place } from "../../row.ts";
import type { ApiList } from "./api-lists.ts";
import { type ApiReader, apiError } from "./api-reader.ts";

/** Objects on a page. */
const pageSize = 500;
/** Some hundred thousand objects: far more than a cluster of AKS holds of anything. */
const mostPages = 400;

/** Takes objects one by one; what it makes of them is there in the end. */
export interface Collector<T> {
  /** @throws MalformedPropertyError */
  take(object: Place): void;
  /** Tells of an object that could not be taken, as far as that much can be told. */
  spoil?(object: unknown): void;
  readonly value: T;
}

/** A list that was read, perhaps without some objects, or was not. */
export type ListOutcome<T> =
  | {
      readonly value: T;
      /** Why objects are missing; null when none is. */
      readonly gap: Gap | null;
    }
  | { readonly value: null; readonly gap: Gap };

/**
 * Reads a list page by page and keeps of every page what the collector makes of it. A list that changed too much while
 * it was read (410) is begun again, once. A group that is not installed has an empty list.
 */
export async function readApiList<T>(
  reader: ApiReader,
  clusterId: string,
  list: ApiList,
  begin: () => Collector<T>,
): Promise<ListOutcome<T>> {
  try {
    const first = await readPages(reader, clusterId, list, begin);
    const outcome = first === "expired" ? await readPages(reader, clusterId, list, begin) : first;
    if (outcome === "expired") throw incomplete(taskOf(list, clusterId), "it changes faster than it is read");
    return outcome;
  } catch (error) {
    return { value: null, gap: gapFrom(error, clusterId) };
  }
}

/** `expired` when the pages that are left belong to another state than those before. @throws SourceError */
async function readPages<T>(
  reader: ApiReader,
  clusterId: string,
  list: ApiList,
  begin: () => Collector<T>,
): Promise<ListOutcome<T> | "expired"> {
  const task = taskOf(list, clusterId);
  const collector = begin();
  const malformed: string[] = [];
  const seen = new Set<string>();
  let token = "";
  for (let page = 0; page < mostPages; page += 1) {
    const outcome = await reader.get(list.path, {
      limit: String(pageSize),
      ...(token !== "" && { continue: token }),
    });
    if ("failure" in outcome) {
      const { failure } = outcome;
      if (failure.status === 410) return "expired";
      if (await isNotInstalled(reader, list, failure.status)) return { value: begin().value, gap: null };
      throw apiError(task, failure, list.remedy(clusterId));
    }
    const { items, next } = readPage(task, outcome.body);
    for (const item of items) takeOne(collector, item, malformed);
    if (next === "") return { value: collector.value, gap: gapOf(clusterId, list, malformed) };
    if (seen.has(next)) throw incomplete(task, endless);
    seen.add(next);
    token = next;
  }
  throw incomplete(task, endless);
}

function takeOne<T>(collector: Collector<T>, item: unknown, malformed: string[]): void {
  try {
    if (!isObject(item)) throw new MalformedPropertyError("It", item, "an object");
    collector.take({ path: "", value: item });
  } catch (error) {
    malformed.push(`${nameOf(item)}: ${malformedGap("", error).detail}`);
    collector.spoil?.(item);
  }
}

/** @throws SourceError when this is no page of a list, or no whole one */
function readPage(
  task: string,
  { items, metadata }: JsonObject,
): { readonly items: readonly unknown[]; readonly next: string } {
  const malformed = (what: string) =>
    new SourceError(`Could not read ${task}: ${what}.`, { reason: "malformed" });
  if (!Array.isArray(items)) throw malformed("items is not a list");
  // Every list says which state of the cluster it is of; one without it was cut or altered, and may go on.
  if (!isObject(metadata) || typeof metadata.resourceVersion !== "string")
    throw malformed("metadata is not a list's");
  const { continue: next = "", remainingItemCount = 0 } = metadata;
  if (typeof next !== "string") throw malformed("metadata.continue is not a string");
  if (next === "" && remainingItemCount !== 0) throw incomplete(task, "more is promised without a way to it");
  return { items, next };
}

/**
 * Of a group that is not installed the API server has no list (404); but rights come first, so that a refusal (403)
 * tells nothing. Which groups there are everybody may ask.
 */
async function isNotInstalled(
  reader: ApiReader,
  { group }: ApiList,
  status: number | null,
): Promise<boolean> {
  if (group === null) return false;
  if (status === 404) return true;
  if (status !== 403) return false;
  const outcome = await reader.get("/apis");
  if ("failure" in outcome || !Array.isArray(outcome.body.groups)) return false;
  const names = outcome.body.groups.map((one: unknown) => (isObject(one) ? one.name : undefined));
  // A list without the groups that every cluster has is no such list.
  return names.includes("networking.k8s.io") && !names.includes(group);
}

function gapOf(scope: string, { one, what }: ApiList, malformed: readonly string[]): Gap | null {
  const [first] = malformed;
  if (first === undefined) return null;
  const more =
    malformed.length > 1 ? ` ${malformed.length - 1} more of ${what} could not be read either.` : "";
  return { scope, reason: "malformed", detail: `Could not read ${one}, ${first}${more}`, remedy: null };
}

/** As `namespace/name`. */
function nameOf(item: unknown): string {
  const metadata = isObject(item) && isObject(item.metadata) ? item.metadata : {};
  const parts = [metadata.namespace, metadata.name].filter((part) => typeof part === "string");
  return parts.length > 0 ? parts.join("/") : "without a name";
}

const endless = "the pages do not end";

function incomplete(task: string, why: string): SourceError {
  return new SourceError(`Could not read ${task} in full: ${why}.`, { reason: "incomplete" });
}

function taskOf({ what }: ApiList, clusterId: string): string {
  return `${what} of ${clusterId}`;
}
