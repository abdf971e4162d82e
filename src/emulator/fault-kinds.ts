/** Statuses a fault can answer with. `429` says when to come back; `429-without-retry-after` does not. */
export const statusFaults = [
  "401",
  "403",
  "404",
  "409",
  "422",
  "429",
  "429-without-retry-after",
  "500",
  "502",
  "503",
  "504",
] as const;

/** Faults of the wire: a web page instead of JSON (with 200, or with 503 as a gateway sends it), JSON cut in the middle, no body at all, a body that trickles, silence, a broken connection. */
export const wireFaults = [
  "html",
  "html-503",
  "truncatedJson",
  "emptyBody",
  "slowDrip",
  "hang",
  "reset",
] as const;

/**
 * Faults of what an answer says, good JSON with a good status: the answer in a list, as a text, or null; properties of
 * a type that Azure does not document (`seed` decides which and how, `alterations` how many), or null as if they were
 * not set; values that an enum did not have when the caller was written; quota headers that are missing or nonsense.
 */
export const contentFaults = [
  "jsonArray",
  "jsonText",
  "jsonNull",
  "wrongTypes",
  "nullProperties",
  "newEnumValues",
  "noQuotaHeaders",
  "oddQuotaHeaders",
] as const;

/**
 * Faults that Resource Graph alone can have: every page promises another, a row comes twice, rows come in reverse, a
 * page is cut and does not say where to go on; rows of earlier pages vanish (and the total says so or not) or get
 * company, which moves those after them; `count` or `totalRecords` lies by one.
 */
export const graphFaults = [
  "endlessPages",
  "duplicateRows",
  "reorderedPages",
  "truncatedWithoutToken",
  "rowsVanish",
  "rowsVanishUncounted",
  "rowsAppear",
  "countTooHigh",
  "countTooLow",
  "totalTooHigh",
  "totalTooLow",
] as const;

/** Faults that an API server of Kubernetes alone can have: the list that a page goes on with is too old (410). */
export const kubernetesFaults = ["expiredContinue"] as const;

/** No fault of an answer at all: the world moves on to its next night between two requests. */
export const worldFaults = ["nextNight"] as const;

/** Every kind of fault there is. */
export const faultKinds: readonly FaultKind[] = [
  ...statusFaults,
  ...wireFaults,
  ...contentFaults,
  ...graphFaults,
  ...kubernetesFaults,
  ...worldFaults,
];

export type StatusFault = (typeof statusFaults)[number];
export type WireFault = (typeof wireFaults)[number];
export type ContentFault = (typeof contentFaults)[number];
export type GraphFault = (typeof graphFaults)[number];
export type KubernetesFault = (typeof kubernetesFaults)[number];
export type WorldFault = (typeof worldFaults)[number];
export type AnswerFault = StatusFault | WireFault | ContentFault;
export type FaultKind = AnswerFault | GraphFault | KubernetesFault | WorldFault;

/** Whether Resource Graph itself has the fault: its answer comes out that way. */
export function isGraphFault(kind: FaultKind): kind is GraphFault {
  return graphFaults.some((one) => one === kind);
}

/** Whether the fault befalls the answer of any service. */
export function isAnswerFault(kind: FaultKind): kind is AnswerFault {
  return !isGraphFault(kind) && ![...kubernetesFaults, ...worldFaults].some((one) => one === kind);
}
