import { type FaultKind, isGraphFault, kubernetesFaults } from "./fault-kinds.ts";
import type { EmulatedRequest } from "./service.ts";

/** The parts of the emulated Azure, for aiming faults and for the request log. */
export type ServiceName =
  | "resourceGraph"
  | "managedClusters"
  | "subscriptions"
  | "pricings"
  | "diagnosticSettings"
  | "maintenanceConfigurations"
  | "safeguards"
  | "trustedAccess"
  | "jwtAuthenticators"
  | "kubernetesVersions"
  | "workspaces"
  | "federatedCredentials"
  | "policyAssignments"
  | "policyExemptions"
  | "policySetDefinitions"
  | "clusterCredentials"
  | "kubernetes"
  | "directory"
  | "keyVault"
  | "identity"
  | "teams"
  | "other";

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
        if (fault.kind === "expiredContinue" && !new URL(request.url).searchParams.has("continue")) continue;
        entry.matched += 1;
        if (!isItsTurn(fault, entry.matched)) continue;
        if (entry.struck >= (fault.times ?? Number.POSITIVE_INFINITY)) continue;
        if (!canBefall(fault.kind, service)) continue;
        entry.struck += 1;
        return fault;
      }
      return undefined;
    },
  };
}

/** Whether this kind of fault can befall that service at all. Lists of Kubernetes can go on for ever as those of Resource Graph can. */
export function canBefall(kind: FaultKind, service: ServiceName): boolean {
  if (kubernetesFaults.some((one) => one === kind)) return service === "kubernetes";
  if (kind === "endlessPages" && service === "kubernetes") return true;
  return !isGraphFault(kind) || service === "resourceGraph";
}

function isItsTurn({ match }: Fault, matched: number): boolean {
  if (typeof match === "function") return true;
  const { nth = matched, from = 1 } = match;
  return matched === nth && matched >= from;
}

function matches({ match }: Fault, request: EmulatedRequest, service: ServiceName): boolean {
  if (typeof match === "function") return match(request, service);
  const { service: wanted, pathIncludes, bodyIncludes } = match;
  if (wanted !== undefined && wanted !== service) return false;
  if (pathIncludes !== undefined && !includes(new URL(request.url).pathname, pathIncludes)) return false;
  return bodyIncludes === undefined || includes(request.body, bodyIncludes);
}

const includes = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
