import { ContainerServiceClient } from "@azure/arm-containerservice";
import { type QueryRequest, type QueryResponse, ResourceGraphClient } from "@azure/arm-resourcegraph";
import type { EmulatedAzure } from "../../src/emulator/azure.ts";
import { emulatedCredential } from "../../src/emulator/emulated-credential.ts";
import { createEmulatedTransport } from "../../src/emulator/transport.ts";

/** Options that put an SDK client onto an emulated Azure in this process, without retries. */
function emulatedOptions(azure: EmulatedAzure) {
  return { httpClient: createEmulatedTransport(azure), retryOptions: { maxRetries: 0 } };
}

/** The real Resource Graph client over an emulated Azure. */
export function graphClient(azure: EmulatedAzure): ResourceGraphClient {
  return new ResourceGraphClient(emulatedCredential(azure), emulatedOptions(azure));
}

/** The real AKS client over an emulated Azure. */
export function aksClient(azure: EmulatedAzure, subscriptionId: string): ContainerServiceClient {
  return new ContainerServiceClient(emulatedCredential(azure), subscriptionId, emulatedOptions(azure));
}

/** Every page of a query, by the token, up to a number of pages. */
export async function allPages(
  azure: EmulatedAzure,
  request: QueryRequest,
  mostPages = 20,
): Promise<readonly QueryResponse[]> {
  const client = graphClient(azure);
  const pages: QueryResponse[] = [];
  let skipToken: string | undefined;
  do {
    const options = { ...request.options, ...(skipToken !== undefined && { skipToken }) };
    const page = await client.resources({ ...request, options });
    pages.push(page);
    skipToken = page.skipToken;
  } while (skipToken !== undefined && pages.length < mostPages);
  return pages;
}

/** A property of every row of these pages. */
export function column(pages: readonly QueryResponse[], name: string): readonly unknown[] {
  // The SDK types data as any; these tests ask for arrays of objects.
  return pages.flatMap((page) => (page.data as readonly Record<string, unknown>[]).map((row) => row[name]));
}
