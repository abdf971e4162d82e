import type { SentRequest } from "./tap-requests.ts";

/** A query of Resource Graph as its first page is asked for; the same body with a token asks for the next. */
export interface Ask {
  readonly query: string;
  readonly subscriptions?: readonly string[];
  readonly options?: Readonly<Record<string, unknown>>;
}

/** Notes what is asked of Azure. */
export interface AskLog {
  /** Each query once, in the order they were first sent. */
  asks(): readonly Ask[];
  /** Reads of Resource Manager by their kind, such as `managedClusters/maintenanceConfigurations`. */
  reads(): Readonly<Record<string, number>>;
  note(request: SentRequest): void;
}

const graphPath = "/providers/Microsoft.ResourceGraph/resources";

/** `host` is where the emulated Azure is served. */
export function createAskLog(host: string): AskLog {
  const asks = new Map<string, Ask>();
  const reads = new Map<string, number>();
  return {
    asks: () => [...asks.values()],
    reads: () => Object.fromEntries([...reads].sort(([, a], [, b]) => b - a)),
    note(request) {
      if (request.host !== host) return;
      if (isGraphQuery(request)) {
        const first = firstPageOf(request.body);
        asks.set(JSON.stringify(first), first);
      } else if (request.method === "GET" && /^\/(subscriptions|providers)\//i.test(request.path)) {
        const kind = kindOf(request.path);
        reads.set(kind, (reads.get(kind) ?? 0) + 1);
      }
    },
  };
}

function isGraphQuery({ method, path }: SentRequest): boolean {
  return method === "POST" && path.startsWith(graphPath);
}

function firstPageOf(body: string): Ask {
  // Written by the SDK's serializer: a query with its options.
  const { options, ...ask } = JSON.parse(body) as Ask;
  const { $skipToken: _token, ...others } = options ?? {};
  return { ...ask, options: others };
}

/** The types a path leads through, without the names: of every two segments after a provider the first. */
function kindOf(path: string): string {
  const [bare = ""] = path.split("?");
  const parts = bare.split(/\/providers\/[^/]+\//i).slice(1);
  const types = parts.flatMap((part) => part.split("/").filter((_segment, index) => index % 2 === 0));
  return types.length === 0 ? "subscriptions" : types.join("/");
}
