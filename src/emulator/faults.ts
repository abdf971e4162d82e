import type { EmulatedRequest } from "./service.ts";

/** The parts of the emulated Azure, for aiming faults and for the request log. */
export type ServiceName =
  | "resourceGraph"
  | "managedClusters"
  | "subscriptions"
  | "pricings"
  | "keyVault"
  | "identity"
  | "teams"
  | "other";

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

/** No fault of an answer at all: the world moves on to its next night between two requests. */
export const worldFaults = ["nextNight"] as const;

/** Every kind of fault there is. */
export const faultKinds: readonly FaultKind[] = [
  ...statusFaults,
  ...wireFaults,
  ...contentFaults,
  ...graphFaults,
  ...worldFaults,
];

export type StatusFault = (typeof statusFaults)[number];
export type WireFault = (typeof wireFaults)[number];
export type ContentFault = (typeof contentFaults)[number];
export type GraphFault = (typeof graphFaults)[number];
export type WorldFault = (typeof worldFaults)[number];
export type AnswerFault = StatusFault | WireFault | ContentFault;
export type FaultKind = AnswerFault | GraphFault | WorldFault;

/** Which requests a fault strikes: all that meet every condition given. */
export interface FaultMatch {
  readonly service?: ServiceName;
  /** Part of the path, whatever its case. */
  readonly pathIncludes?: string;
  /** Part of the body, whatever its case; a Resource Graph query is told by it. */
  readonly bodyIncludes?: string;
  /** Only the nth request that meets the other conditions, counted from 1. */
  readonly nth?: number;
  /** Only from the nth such request on. */
  readonly from?: number;
}

export interface Fault {
  readonly match: FaultMatch | ((request: EmulatedRequest, service: ServiceName) => boolean);
  readonly kind: FaultKind;
  /** How many requests it strikes; without it, all. */
  readonly times?: number;
  /** For `429`; 1 without it. */
  readonly retryAfterInSeconds?: number;
  /** The Retry-After header of any status, word for word: a date, or what no server should say. */
  readonly retryAfter?: string;
  /** For `slowDrip`: how long the body takes; ten minutes without it. */
  readonly dripInMs?: number;
  /** For `wrongTypes`, `nullProperties` and `newEnumValues`: what is altered; 1 without it. */
  readonly seed?: number;
  /** How many properties are altered at most; 1 without it. */
  readonly alterations?: number;
}

/** Faults switched on at the moment. */
export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** The first fault that strikes this request; asking counts as a request. */
  take(request: EmulatedRequest, service: ServiceName): Fault | undefined;
}

/** No faults, until some are added. */
export function createFaults(): Faults {
  let active: { readonly fault: Fault; matched: number; struck: number }[] = [];
  return {
    add(fault) {
      active.push({ fault, matched: 0, struck: 0 });
    },
    clear() {
      active = [];
    },
    take(request, service) {
      for (const entry of active) {
        const { fault } = entry;
        if (!matches(fault, request, service)) continue;
        entry.matched += 1;
        if (!isItsTurn(fault, entry.matched)) continue;
        if (entry.struck >= (fault.times ?? Number.POSITIVE_INFINITY)) continue;
        if (isGraphFault(fault.kind) && service !== "resourceGraph") continue;
        entry.struck += 1;
        return fault;
      }
      return undefined;
    },
  };
}

function isItsTurn({ match }: Fault, matched: number): boolean {
  if (typeof match === "function") return true;
  const { nth = matched, from = 1 } = match;
  return matched === nth && matched >= from;
}

/** Whether Resource Graph itself has the fault: its answer comes out that way. */
export function isGraphFault(kind: FaultKind): kind is GraphFault {
  return graphFaults.some((one) => one === kind);
}

/** Whether the fault befalls the answer of any service. */
export function isAnswerFault(kind: FaultKind): kind is AnswerFault {
  return !isGraphFault(kind) && !worldFaults.some((one) => one === kind);
}

function matches({ match }: Fault, request: EmulatedRequest, service: ServiceName): boolean {
  if (typeof match === "function") return match(request, service);
  const { service: wanted, pathIncludes, bodyIncludes } = match;
  if (wanted !== undefined && wanted !== service) return false;
  if (pathIncludes !== undefined && !includes(new URL(request.url).pathname, pathIncludes)) return false;
  return bodyIncludes === undefined || includes(request.body, bodyIncludes);
}

const includes = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
