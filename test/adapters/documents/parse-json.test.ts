import { describe, expect, test } from "vitest";
import { parseJson } from "../../../src/adapters/documents/parse-json.ts";

async function parse(...pieces: readonly string[]): Promise<readonly unknown[]> {
  async function* text() {
    yield* pieces;
  }
  const values: unknown[] = [];
  for await (const value of parseJson("f.json", text())) values.push(value);
  return values;
}

describe("values", () => {
  test("a text of one value over many lines is one value", async () => {
    expect(await parse("[\n1,", "\n2\n]\n")).toEqual([[1, 2]]);
  });

  test("a text of one value per line is many, blank lines aside", async () => {
    expect(await parse('\n{"a":1}\n', '\r\n\n{"b"', ':2}\n{"c":3}')).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }]);
  });

  test("a value of one line is one value, with a line end or without", async () => {
    expect(await parse('{"a":1}')).toEqual([{ a: 1 }]);
    expect(await parse('{"a":1}\n')).toEqual([{ a: 1 }]);
  });
});

describe("faults", () => {
  test.each([
    [
      "a missing comma",
      '{\n  "a": 1\n  "b": 2\n}',
      'f.json:3:3: is not JSON: a comma is expected; found "\\"b\\": 2"',
    ],
    ["a trailing comma", '{"a":1,}', "f.json:1:8: is not JSON: a property name in double quotes is expected"],
    ["a missing value", '{"a":}', 'f.json:1:6: is not JSON: a value is expected; found "}"'],
    ["a missing colon", '{"a" 1}', "f.json:1:6: is not JSON: a colon is expected"],
    ["single quotes", "{'a':1}", "f.json:1:2: is not JSON: a value or a name in double quotes is expected"],
    [
      "an open list",
      "[1, 2",
      "f.json:1:6: is not JSON: a comma or ] is expected; the text ends here, as if cut off",
    ],
    ["an open string", '["abc', "f.json:1:2: is not JSON: a string is not closed"],
    [
      "words",
      "hello world",
      'f.json:1:1: is not JSON: a value or a name in double quotes is expected; found "hello world"',
    ],
    ["a bad line among good ones", '{"a":1}\n{"a":2}\n{"a":}\n', "f.json:3:6: is not JSON"],
    ["more after the end", '{"a":1}\nrest', "f.json:2:1: is not JSON"],
    ["nothing", "", "f.json:1:1: is empty"],
    ["blanks", " \r\n", "f.json:1:1: holds only blanks"],
  ])("%s is named with its line and column", async (_, text, message) => {
    await expect(parse(text)).rejects.toThrow(message);
  });

  test.each([
    ["closed", `${"[".repeat(20_000)}${"]".repeat(20_000)}`, "f.json:1:501: is nested too deeply"],
    ["cut off", "[".repeat(200_000), "f.json:1:501: is nested too deeply"],
    [
      "of objects, on a later line",
      `{"x":1}\n${'{"a":'.repeat(600)}1${"}".repeat(600)}`,
      "f.json:2:2501: is nested",
    ],
    ["among comments", `// "[\n${"[".repeat(600)}${"]".repeat(600)}`, "f.json:2:501: is nested too deeply"],
  ])("a text nested beyond measure is refused where it gets too deep: %s", async (_, text, message) => {
    await expect(parse(text)).rejects.toThrow(message);
  });

  test("brackets in texts and beside each other nest nothing", async () => {
    const flat = [`${"[".repeat(600)}\\"${"{".repeat(600)}`, ...Array.from({ length: 600 }, () => [{}])];
    expect(await parse(JSON.stringify(flat))).toEqual([flat]);
    const deep = `${"[".repeat(500)}${"]".repeat(500)}`;
    expect(await parse(deep)).toHaveLength(1);
  });
});
