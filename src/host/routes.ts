import type { RegisteredFunction } from "./functions-core.ts";

export interface RouteMatch {
  readonly registered: RegisteredFunction;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the HTTP function of a method and path; routes with fixed words win over routes with parameters, as on the runtime. */
export function matchRoute(
  functions: readonly RegisteredFunction[],
  method: string,
  path: string,
): RouteMatch | null {
  const matches = functions.flatMap((registered) => {
    const { trigger } = registered;
    if (trigger.type !== "httpTrigger" || !trigger.methods?.includes(method.toUpperCase())) return [];
    const params = matchSegments(segmentsOf(trigger.route ?? registered.name), segmentsOf(path));
    return params ? [{ registered, params }] : [];
  });
  matches.sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length);
  return matches[0] ?? null;
}

function matchSegments(route: readonly string[], path: readonly string[]): Record<string, string> | null {
  if (route.length !== path.length) return null;
  const params: Record<string, string> = {};
  for (const [index, segment] of route.entries()) {
    const given = path[index] ?? "";
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name !== undefined) params[name] = decodeSegment(given);
    else if (segment.toLowerCase() !== given.toLowerCase()) return null;
  }
  return params;
}

function segmentsOf(path: string): readonly string[] {
  return path.split("/").filter((segment) => segment !== "");
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A stray percent sign is what the caller wrote; the handler refuses it by its own rules.
    return segment;
  }
}
