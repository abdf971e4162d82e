import { AzureError, answerError, answerJson } from "./errors.ts";
import { type FaultKind, faultKinds } from "./fault-kinds.ts";
import type { Fault, FaultMatch, Faults, ServiceName } from "./faults.ts";
import type { RequestLog } from "./request-log.ts";
import type { EmulatedRequest, EmulatedService, TextResponse } from "./service.ts";

const kinds: ReadonlyMap<unknown, FaultKind> = new Map(faultKinds.map((kind) => [kind, kind]));
const services: ReadonlyMap<unknown, ServiceName> = new Map(
  (
    [
      "resourceGraph",
      "managedClusters",
      "subscriptions",
      "clusterCredentials",
      "kubernetes",
      "pricings",
      "keyVault",
      "identity",
      "teams",
      "other",
    ] as const
  ).map((name) => [name, name]),
);

/** What the panel switches. */
export interface Switches {
  readonly faults: Faults;
  /** @throws RangeError */
  readonly setNight: (index: number) => void;
  readonly turnClock: (ms: number) => void;
  readonly log: Pick<RequestLog, "tally" | "clear">;
}

/**
 * Switches for people who try the emulator out. The server listens on loopback only, so they ask for no token.
 *
 * `PUT /emulator/faults` with a list replaces the faults that are on; `[]` ends them all:
 *   [{"kind": "403", "match": {"service": "pricings"}},
 *    {"kind": "hang", "match": {"pathIncludes": "/agentPools", "nth": 2}, "times": 1},
 *    {"kind": "429", "match": {"bodyIncludes": "securityresources"}, "retryAfter": "86400"},
 *    {"kind": "wrongTypes", "match": {"from": 3}, "seed": 7, "alterations": 20}]
 * `PUT /emulator/night` with `{"night": 1}` makes it the second night.
 * `PUT /emulator/clock` with `{"forwardInSeconds": 5}` turns the clock of the quota and of tokens.
 * `GET /emulator/tally` counts what was asked and answered; `DELETE /emulator/tally` begins to count anew.
 */
export function createControlPanel(switches: Switches): EmulatedService {
  return {
    handles: (url) => url.pathname.startsWith("/emulator/"),
    async handle(request) {
      try {
        return turn(request, switches);
      } catch (error) {
        if (!(error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError))
          throw error;
        return answerError(new AzureError(400, "BadRequest", error.message));
      }
    },
  };
}

function turn(request: EmulatedRequest, { faults, setNight, turnClock, log }: Switches): TextResponse {
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
  if (request.method === "PUT" && pathname === "/emulator/clock") {
    const { forwardInSeconds } = readObject(JSON.parse(request.body));
    if (typeof forwardInSeconds !== "number") throw new TypeError("forwardInSeconds is not a number.");
    turnClock(forwardInSeconds * 1000);
    return answerJson(200, { forwardInSeconds });
  }
  if (pathname === "/emulator/tally" && request.method === "GET") return answerJson(200, log.tally());
  if (pathname === "/emulator/tally" && request.method === "DELETE") {
    log.clear();
    return answerJson(200, log.tally());
  }
  const known = ["faults", "night", "clock"].map((name) => `PUT /emulator/${name}`).join(", ");
  return answerError(new AzureError(404, "NotFound", `There are ${known}, GET and DELETE /emulator/tally.`));
}

function readFaults(value: unknown): readonly Fault[] {
  if (!Array.isArray(value)) throw new TypeError("Send a list of faults.");
  return value.map((item) => {
    const { kind, match = {}, retryAfter, ...figures } = readObject(item);
    const known = kinds.get(kind);
    if (!known)
      throw new TypeError(`The fault '${String(kind)}' is not one of ${[...kinds.values()].join(", ")}.`);
    return {
      kind: known,
      match: readMatch(readObject(match)),
      ...(retryAfter !== undefined && { retryAfter: String(retryAfter) }),
      ...readNumber("times", figures.times),
      ...readNumber("retryAfterInSeconds", figures.retryAfterInSeconds),
      ...readNumber("dripInMs", figures.dripInMs),
      ...readNumber("seed", figures.seed),
      ...readNumber("alterations", figures.alterations),
    };
  });
}

function readMatch({
  service,
  pathIncludes,
  bodyIncludes,
  nth,
  from,
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
    ...readNumber("from", from),
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
