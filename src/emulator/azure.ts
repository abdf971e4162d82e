import { randomUUID } from "node:crypto";
import { type ArmCall, type ArmService, answerArm } from "./arm.ts";
import { createClusterCredentials } from "./cluster-credentials.ts";
import { clusterParts } from "./cluster-parts.ts";
import { createControlPanel } from "./control-panel.ts";
import { createDirectory } from "./directory.ts";
import { AzureError, answerError } from "./errors.ts";
import type { Estate } from "./estate/world.ts";
import { type FaultKind, isAnswerFault, isGraphFault } from "./fault-kinds.ts";
import { createFaults, type Faults, type ServiceName } from "./faults.ts";
import { type AnswerStatus, answerFaulty } from "./faulty-answer.ts";
import { federatedCredentials } from "./federated-credentials.ts";
import { createIdentityEndpoint } from "./identity-endpoint.ts";
import { createKeyVault } from "./key-vault.ts";
import { createApiServers } from "./kubernetes/api-servers.ts";
import type { ServedClusters } from "./kubernetes/kubeconfig.ts";
import { answerStatus } from "./kubernetes/status.ts";
import { kubernetesVersions } from "./kubernetes-versions.ts";
import { managedClusters } from "./managed-clusters.ts";
import { policyObjects } from "./policy-objects.ts";
import { pricings } from "./pricings.ts";
import { createRequestLog, type LoggedRequest, type Tally } from "./request-log.ts";
import { createQuota, noQuota } from "./resource-graph/quota.ts";
import { createResourceGraph } from "./resource-graph/resource-graph.ts";
import type { EmulatedOutcome, EmulatedRequest, EmulatedResponse, EmulatedService } from "./service.ts";
import { subscriptions } from "./subscriptions.ts";
import { createTokenIssuer } from "./tokens.ts";
import { workspaces } from "./workspaces.ts";
import { createWorldIndex, type WorldIndex } from "./world-index.ts";

export interface EmulatedAzureOptions {
  readonly estate: Estate;
  /** Milliseconds since 1970, for the life of tokens and the quota; the machine's clock without it. */
  readonly clock?: () => number;
  /** `enforced`: 15 Resource Graph queries per 5 s and principal, then 429. `off` (default): the headers alone. */
  readonly quota?: "enforced" | "off";
  /** Rows on one page of Resource Graph, however many were asked for: Azure may always answer fewer. 1,000 without it. */
  readonly rowsPerPage?: number;
  /** How many requests `requests` remembers, the latest; all without it. */
  readonly rememberedRequests?: number;
  /** What answers under `/teams/`. */
  readonly teams?: EmulatedService;
}

/** A whole emulated Azure, in this process: give it requests, get answers. */
export interface EmulatedAzure {
  /** Never rejects for what a request holds; that is answered as Azure answers it. */
  handle(request: EmulatedRequest): Promise<EmulatedOutcome>;
  /** The same for the API servers of the clusters, each under `/{subscription}/{resource group}/{name}`. */
  handleKubernetes(request: EmulatedRequest): Promise<EmulatedOutcome>;
  /** Says where those are served, for Resource Manager to hand out; null for nowhere, as it is at first. */
  setServedClusters(at: ServedClusters | null): void;
  /** Which of the estate's nights it is, counted from 0. */
  readonly night: number;
  /** @throws RangeError when the estate has no such night */
  setNight(index: number): void;
  /** Turns the clock on by so many milliseconds. */
  turnClock(ms: number): void;
  readonly faults: Faults;
  /** Every request so far, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** Counts since the start or the last clearing. */
  tally(): Tally;
  /** Forgets the requests and begins the tally anew. */
  clearRequests(): void;
  /** The secret that the managed identity endpoint asks for. */
  readonly identityHeader: string;
  /** A token as the managed identity endpoint issues them; `audience` is a resource such as `https://management.azure.com`. */
  issueToken(audience: string): {
    readonly token: string;
    readonly expiresOnTimestamp: number;
  };
}

/** Builds an emulated Azure on its first night. */
export function createEmulatedAzure(options: EmulatedAzureOptions): EmulatedAzure {
  const { estate, quota = "off", rowsPerPage, rememberedRequests, teams } = options;
  let turnedInMs = 0;
  const clock = () => (options.clock ?? Date.now)() + turnedInMs;
  const turnClock = (ms: number) => {
    turnedInMs += ms;
  };
  const indexes = new Map<number, WorldIndex>();
  const log = createRequestLog(rememberedRequests);
  const faults = createFaults();
  const identityHeader = randomUUID();
  let night = 0;
  let servedClusters: ServedClusters | null = null;

  function worldIndex(): WorldIndex {
    const known = indexes.get(night);
    if (known) return known;
    const world = estate.nights[night];
    if (!world) throw new RangeError("The estate has no night.");
    const made = createWorldIndex(world);
    indexes.set(night, made);
    return made;
  }
  function setNight(index: number): void {
    if (!estate.nights[index]) throw new RangeError(`The estate has no night ${index}.`);
    night = index;
  }

  const tokens = createTokenIssuer(estate.nights[0]?.tenantId ?? "", clock);
  const resourceManager: readonly ArmService[] = [
    createResourceGraph(quota === "enforced" ? createQuota(clock) : noQuota, rowsPerPage),
    ...pricings,
    ...clusterParts,
    createClusterCredentials(() => servedClusters),
    ...kubernetesVersions,
    ...workspaces,
    ...policyObjects,
    ...federatedCredentials,
    ...managedClusters,
    ...subscriptions,
  ];
  const beside: readonly (readonly [ServiceName, EmulatedService])[] = [
    ["identity", createIdentityEndpoint(tokens, identityHeader)],
    ["directory", createDirectory(() => worldIndex().world, tokens)],
    ["keyVault", createKeyVault(() => worldIndex().world, tokens)],
    ...(teams ? ([["teams", teams]] as const) : []),
  ];
  const reachApiServer = createApiServers(worldIndex, tokens);
  const controlPanel = createControlPanel({ faults, setNight, turnClock, log });

  function serviceOf(url: URL): ServiceName {
    const other = beside.find(([, service]) => service.handles(url));
    return other?.[0] ?? resourceManager.find(({ path }) => path.test(url.pathname))?.name ?? "other";
  }

  function answerResourceManager(
    request: EmulatedRequest,
    graphFault: ArmCall["graphFault"],
  ): EmulatedResponse {
    try {
      const { method, body } = request;
      const url = new URL(request.url);
      // Sovereign clouds have an audience of their own; here that is the emulator's own origin.
      const audiences = ["https://management.azure.com", "https://management.core.windows.net", url.origin];
      const { principalId } = tokens.require(request, audiences);
      return answerArm(resourceManager, {
        method,
        url,
        body,
        index: worldIndex(),
        principalId,
        graphFault,
      });
    } catch (error) {
      if (error instanceof AzureError) return answerError(error);
      throw error;
    }
  }

  async function handle(request: EmulatedRequest): Promise<EmulatedOutcome> {
    const url = new URL(request.url);
    if (controlPanel.handles(url)) return controlPanel.handle(request);
    if (!isDecodable(url.pathname)) {
      return answerError(new AzureError(400, "BadRequest", "The path of the request is not well encoded."));
    }
    const name = serviceOf(url);
    const other = beside.find(([one]) => one === name);
    return strike(request, name, async (kind) => {
      const graphFault = kind && isGraphFault(kind) ? kind : undefined;
      return other ? other[1].handle(request) : answerResourceManager(request, graphFault);
    });
  }

  async function handleKubernetes(request: EmulatedRequest): Promise<EmulatedOutcome> {
    const answer = reachApiServer(request);
    if (answer) return strike(request, "kubernetes", async (kind) => answer(kind), answerStatus);
    log.add(request, "kubernetes", "reset", false);
    return "reset";
  }

  /** Answers a request, or does to it what the faults say. */
  async function strike(
    request: EmulatedRequest,
    name: ServiceName,
    answer: (kind: FaultKind | undefined) => Promise<EmulatedResponse>,
    wordStatus?: AnswerStatus,
  ): Promise<EmulatedOutcome> {
    const fault = faults.take(request, name);
    const kind = fault?.kind;
    if (kind === "nextNight") night = Math.min(night + 1, estate.nights.length - 1);
    const sound = () => answer(kind);
    const outcome =
      fault && isAnswerFault(fault.kind)
        ? await answerFaulty(fault.kind, fault, sound, wordStatus)
        : await sound();
    log.add(request, name, outcome, fault !== undefined);
    return outcome;
  }

  return {
    handle,
    handleKubernetes,
    setServedClusters: (at) => {
      servedClusters = at;
    },
    get night() {
      return night;
    },
    setNight,
    turnClock,
    faults,
    requests: log.requests,
    tally: log.tally,
    clearRequests: log.clear,
    identityHeader,
    issueToken(audience) {
      const { token, expiresInSeconds } = tokens.issue(audience);
      return { token, expiresOnTimestamp: expiresInSeconds * 1000 };
    },
  };
}

/** Whether every `%` of a path begins an encoded character. */
function isDecodable(path: string): boolean {
  try {
    return decodeURIComponent(path) !== "";
  } catch {
    // The only thing that can be wrong with it; the caller answers it.
    return false;
  }
}
