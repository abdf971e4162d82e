import { AzureError, authorizationFailed, resourceGroupNotFound, subscriptionNotFound } from "./errors.ts";
import type { GraphFault } from "./fault-kinds.ts";
import type { ServiceName } from "./faults.ts";
import type { EmulatedResponse } from "./service.ts";
import { providerOf, type WorldIndex } from "./world-index.ts";

/** A request to Azure Resource Manager that carries a good token. */
export interface ArmCall {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly index: WorldIndex;
  /** Object id of the caller. */
  readonly principalId: string;
  /** A fault that Resource Graph's answer shall have. */
  readonly graphFault: GraphFault | undefined;
}

/** One resource provider, or one part of one. */
export interface ArmService {
  readonly name: ServiceName;
  /** The address it answers, matched whatever the case; named groups are its parameters. */
  readonly path: RegExp;
  readonly method: "GET" | "POST";
  readonly apiVersions: readonly string[];
  readonly answer: (call: ArmCall, parameters: Readonly<Record<string, string>>) => EmulatedResponse;
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text has the form of a subscription id. */
export function isGuid(text: string): boolean {
  return guid.test(text);
}

/** Routes a call to the service whose path it has. @throws AzureError */
export function answerArm(services: readonly ArmService[], call: ArmCall): EmulatedResponse {
  const path = decodeURIComponent(call.url.pathname);
  const service = services.find((one) => one.path.test(path));
  if (!service) {
    throw new AzureError(
      404,
      "InvalidResourceType",
      `The resource type could not be found for the path '${path}'.`,
    );
  }
  requireApiVersion(call.url, service);
  if (call.method !== service.method) {
    throw new AzureError(
      405,
      "MethodNotAllowed",
      `The HTTP method '${call.method}' is not supported at '${path}'.`,
    );
  }
  return service.answer(call, service.path.exec(path)?.groups ?? {});
}

function requireApiVersion(url: URL, { apiVersions, path }: ArmService): void {
  const version = url.searchParams.get("api-version");
  if (version === null) {
    throw new AzureError(
      400,
      "MissingApiVersionParameter",
      "The api-version query parameter (?api-version=) is required for all requests.",
    );
  }
  if (apiVersions.includes(version)) return;
  const supported = apiVersions.join(", ");
  throw path.source.includes("providers")
    ? new AzureError(
        400,
        "NoRegisteredProviderFound",
        `No registered resource provider found for API version '${version}' at '${url.pathname}'. The supported api-versions are '${supported}'.`,
      )
    : new AzureError(
        400,
        "InvalidApiVersionParameter",
        `The api-version '${version}' is invalid. The supported versions are '${supported}'.`,
      );
}

/** Lets a read of this type (`Microsoft.X/things`) in this scope through, or refuses it as ARM does. @throws AzureError */
export function requireRead(
  { index, principalId, url }: ArmCall,
  type: string,
  subscriptionId: string,
  resourceGroup?: string,
): void {
  if (!isGuid(subscriptionId)) {
    throw new AzureError(
      400,
      "InvalidSubscriptionId",
      `The provided subscription identifier '${subscriptionId}' is malformed or invalid.`,
    );
  }
  const subscription = index.subscription(subscriptionId);
  if (!subscription) throw subscriptionNotFound(subscriptionId);
  if (subscription.access === "refused" || subscription.refusedProviders?.includes(providerOf(type))) {
    throw authorizationFailed(principalId, `${type}/read`, decodeURIComponent(url.pathname));
  }
  if (resourceGroup !== undefined && !index.hasResourceGroup(subscriptionId, resourceGroup)) {
    throw resourceGroupNotFound(resourceGroup);
  }
}
