import { describe, expect, it } from "vitest";
import { mapManagedCluster } from "../../src/adapters/azure/managed-cluster.ts";
import { isObject } from "../../src/adapters/json-object.ts";
import { MalformedPropertyError, type Place } from "../../src/adapters/row.ts";
import type { RowGroup } from "../../src/application/ports.ts";
import type { EvidenceValue, Setting } from "../../src/domain/setting.ts";
import type { RawObject } from "../../src/emulator/estate/world.ts";
import { exampleClusterRow, exampleId } from "./example-cluster-row.ts";

interface SettingCase<T> {
  readonly group: RowGroup;
  /** Where the row has it. */
  readonly path: string;
  readonly read: (root: Place) => Setting<T>;
  /** Values as the row has them. */
  readonly present: readonly [T, ...(readonly T[])];
  /** What absence means. */
  readonly byDefault: T;
  /** As a malformed property is told of. */
  readonly expected: "a boolean" | "a string" | "a list";
}

const otherTypes = [
  ["a string", "true"],
  ["a boolean", true],
  ["a number", 1],
  ["a list", []],
  ["an object", { value: true }],
] as const;

/** What holds for every setting of a cluster's row: present, absent at any depth, of a wrong type at any depth. */
export function describeSetting<T extends EvidenceValue>(setting: SettingCase<T>): void {
  const { group, path, read, present, byDefault, expected } = setting;
  const blocks = path.split(".").slice(0, -1);
  const blockPaths = blocks.map((_, depth) => blocks.slice(0, depth + 1).join("."));

  describe(path, () => {
    it.for(present)("is taken as it stands: %j", (value) => {
      expect(read(rowWith(path, value))).toEqual({ path, observed: value, value });
    });

    it.for([undefined, null, ...(expected === "a string" ? [""] : [])])(
      "takes the default when it is %j, and says that nothing was there",
      (nothing) => {
        expect(read(rowWith(path, nothing))).toEqual({ path, observed: null, value: byDefault });
      },
    );

    it.each(
      blockPaths.flatMap((block) => [undefined, null, "", {}].map((nothing) => [block, nothing] as const)),
    )("takes the default when %s is %j", (block, nothing) => {
      expect(read(rowWith(block, nothing))).toEqual({ path, observed: null, value: byDefault });
    });

    it.each([
      ...otherTypes
        .filter(([type]) => type !== expected)
        .map(([type, value]) => [path, type, value, expected] as const),
      ...blockPaths.flatMap((block) =>
        otherTypes
          .filter(([type]) => type !== "an object")
          .map(([type, value]) => [block, type, value, "an object"] as const),
      ),
    ])("is not read when %s is %s: %j", (place, type, value, wanted) => {
      expect(() => read(rowWith(place, value))).toThrow(MalformedPropertyError);
      expect(() => read(rowWith(place, value))).toThrow(`${place} is ${type}, not ${wanted}.`);
    });

    it(`leaves ${group} alone unread when it is malformed`, () => {
      const mapped = mapManagedCluster(rowWith(path, 7).value);
      if (!("readings" in mapped)) throw new Error(mapped.detail);
      expect(mapped.readings[group]).toEqual({
        state: "unavailable",
        gap: {
          scope: exampleId,
          reason: "malformed",
          detail: `${path} is a number, not ${expected}.`,
          remedy: null,
        },
      });
      const unread = Object.entries(mapped.readings).filter(([, { state }]) => state !== "collected");
      expect(unread.map(([name]) => name)).toEqual([group]);
    });
  });
}

/** A full row but for one property or block. */
export function rowWith(path: string, value: unknown): Place {
  return { path: "", value: withProperty(exampleClusterRow(), path.split("."), value) };
}

function withProperty(object: RawObject, [name = "", ...rest]: readonly string[], value: unknown): RawObject {
  if (rest.length === 0) return { ...object, [name]: value };
  const inner = object[name];
  return { ...object, [name]: withProperty(isObject(inner) ? inner : {}, rest, value) };
}
