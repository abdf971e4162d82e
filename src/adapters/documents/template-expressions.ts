import type { ObservedCluster } from "../../application/ports.ts";
import type { Gap } from "../../domain/gap.ts";
import type { Reading } from "../../domain/reading.ts";
import { isObject, type JsonObject } from "../json-object.ts";
import { isExpression } from "./arm-template.ts";

/** Stands where an expression stood: of no type a mapper could take for a setting. */
const undecided = Symbol("decided when the template is deployed");

const poolNamePath = /^properties\.agentPoolProfiles\[\d+\]\.name$/;
const poolCountPath = /^properties\.agentPoolProfiles\[\d+\]\.count$/;

export interface HiddenExpressions {
  readonly row: JsonObject;
  /** Expressions by the path they stood at, such as `properties.agentPoolProfiles[0].osSKU`. */
  readonly byPath: ReadonlyMap<string, string>;
}

/** Takes the expressions out of a row, so that their text is not judged as if it were the setting. */
export function hideExpressions(row: JsonObject): HiddenExpressions {
  const byPath = new Map<string, string>();
  const hide = (value: unknown, path: string): unknown => {
    if (typeof value === "string") {
      if (!isExpression(value)) return value.startsWith("[[") ? value.slice(1) : value;
      // A pool's name and size decide nothing; the name says which pool is meant.
      if (poolNamePath.test(path)) return value;
      if (poolCountPath.test(path)) return null;
      byPath.set(path, value);
      return undecided;
    }
    if (Array.isArray(value)) return value.map((item: unknown, index) => hide(item, `${path}[${index}]`));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, hide(item, `${path}.${name}`)]),
    );
  };
  const hidden = Object.entries(row).map(([name, value]) => [name, hide(value, name)]);
  return { row: Object.fromEntries(hidden), byPath };
}

/** Says of each fact that an expression decides which one it is, instead of the type the mapper saw. */
export function nameExpressions(
  observed: ObservedCluster,
  byPath: ReadonlyMap<string, string>,
  scope: string,
): ObservedCluster {
  const rename = (gap: Gap): Gap => {
    const [path, expression] = [...byPath].find(([path]) => gap.detail.startsWith(`${path} `)) ?? [];
    const detail =
      path === undefined ? gap.detail : `${path} is decided when the template is deployed: ${expression}.`;
    return { ...gap, scope, detail, remedy: path === undefined ? gap.remedy : "Check the deployed cluster." };
  };
  const readings = Object.entries(observed.readings).map(([group, reading]) => [
    group,
    renameGap(reading, rename),
  ]);
  // The same groups with the same values; only the gaps' words differ.
  return { ...observed, readings: Object.fromEntries(readings) as ObservedCluster["readings"] };
}

function renameGap(reading: Reading<unknown>, rename: (gap: Gap) => Gap): Reading<unknown> {
  return reading.state === "collected" ? reading : { ...reading, gap: rename(reading.gap) };
}
