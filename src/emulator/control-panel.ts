import { AzureError, answerError, answerJson } from "./errors.ts";
import {
  type Fault,
  type FaultKind,
  type FaultMatch,
  type Faults,
  graphFaults,
  type ServiceName,
  statusFaults,
  wireFaults,
} from "./faults.ts";
import type { EmulatedRequest, EmulatedResponse, EmulatedService } from "./service.ts";

const kinds: ReadonlyMap<unknown, FaultKind> = new Map(
  [...statusFaults, ...wireFaults, ...graphFaults].map((kind) => [kind, kind]),
);
const services: ReadonlyMap<unknown, ServiceName> = new Map(
  (
    [
      "resourceGraph",
      "managedClusters",
      "subscriptions",
      "pricings",
      "keyVault",
      "identity",
      "teams",
      "other",
    ] as const
  ).map((name) => [name, name]),
);

/**
 * Two switches for people who try the emulator out. The server listens on loopback only, so they ask for no token.
 *
 * `PUT /emulator/faults` with a list replaces the faults that are on; `[]` ends them all:
 *   [{"kind": "403", "match": {"service": "pricings"}},
 *    {"kind": "hang", "match": {"pathIncludes": "/agentPools", "nth": 2}, "times": 1},
 *    {"kind": "429", "match": {"bodyIncludes": "securityresources"}, "retryAfterInSeconds": 5}]
 * `PUT /emulator/night` with `{"night": 1}` makes it the second night.
 */
export function createControlPanel(faults: Faults, setNight: (index: number) => void): EmulatedService {
  return {
    handles: (url) => url.pathname.startsWith("/emulator/"),
    async handle(request) {
      try {
        return turn(request, faults, setNight);
      } catch (error) {
        if (!(error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError))
          throw error;
        return answerError(new AzureError(400, "BadRequest", error.message));
      }
    },
  };
}

function turn(request: EmulatedRequest, faults: Faults, setNight: (index: number) => void): EmulatedResponse {
  const { pathname } = new URL(request.url);
  if (request.method === "PUT" && pathname === "/emulator/faults") {
    const wanted = readFaults(JSON.parse(request.body));
    faults.clear();
    for (const fault of wanted) faults.add(fault);
    return answerJson(200, { faults: wanted });
  }
  if (request.method === "PUT" && pathname === "/emulator/night") {
    const { night } = readObject(JSON.parse(request.body));
    if (typeof night !== "number") throw new TypeError("The night is not a number.");
    setNight(night);
    return answerJson(200, { night });
  }
  return answerError(
    new AzureError(404, "NotFound", "There are PUT /emulator/faults and PUT /emulator/night."),
  );
}

function readFaults(value: unknown): readonly Fault[] {
  if (!Array.isArray(value)) throw new TypeError("Send a list of faults.");
  return value.map((item) => {
    const { kind, match = {}, times, retryAfterInSeconds } = readObject(item);
    const known = kinds.get(kind);
    if (!known)
      throw new TypeError(`The fault '${String(kind)}' is not one of ${[...kinds.values()].join(", ")}.`);
    return {
      kind: known,
      match: readMatch(readObject(match)),
      ...readNumber("times", times),
      ...readNumber("retryAfterInSeconds", retryAfterInSeconds),
    };
  });
}

function readMatch({
  service,
  pathIncludes,
  bodyIncludes,
  nth,
}: Readonly<Record<string, unknown>>): FaultMatch {
  const name = services.get(service);
  if (service !== undefined && !name) {
    throw new TypeError(
      `The service '${String(service)}' is not one of ${[...services.values()].join(", ")}.`,
    );
  }
  return {
    ...(name && { service: name }),
    ...(pathIncludes !== undefined && { pathIncludes: String(pathIncludes) }),
    ...(bodyIncludes !== undefined && { bodyIncludes: String(bodyIncludes) }),
    ...readNumber("nth", nth),
  };
}

function readNumber<Name extends string>(name: Name, value: unknown): { readonly [key in Name]?: number } {
  if (value === undefined) return {};
  if (typeof value !== "number") throw new TypeError(`${name} is not a number.`);
  // The computed key is the name that was passed; the compiler widens it to string.
  return { [name]: value } as { readonly [key in Name]?: number };
}

function readObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TypeError("Expected an object.");
  return { ...value };
}
