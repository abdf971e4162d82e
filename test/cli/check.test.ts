import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Interruption } from "../../src/cli/command-line.ts";
import { nightOne } from "../../src/emulator/estate/nights.ts";
import { schemaFaults } from "./result-schema.ts";
import { type RunOptions, runCli } from "./run-cli.ts";

const documents = "test/fixtures/documents";
/** Few controls, whose verdicts on these clusters do not change with every control that is added. */
const headline = ["--profile", "headline"];
const azure: RunOptions = { world: nightOne() };
const idOf = (name: string) => {
  const row = nightOne().rows.find((one) => one.name === name);
  if (typeof row?.id !== "string") throw new Error(`No ${name} in the estate.`);
  return row.id;
};

describe("writing a file", () => {
  test("leaves nothing of it behind when it is interrupted", async () => {
    const folder = mkdtempSync(join(tmpdir(), "midwatch-check-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "result.json");
    writeFileSync(file, "before");
    const onInterrupt = (listener: (interruption: Interruption) => void) => {
      listener("SIGINT");
      return () => undefined;
    };
    const argv = ["check", ...headline, idOf("aks-edge-cdn-neu-01"), "--output", file];
    expect((await runCli(argv, { ...azure, changes: { onInterrupt } })).exitCode).toBe(130);
    expect(readdirSync(folder)).toEqual(["result.json"]);
    expect(readFileSync(file, "utf8")).toBe("before");
  });
});

describe("checking live clusters", () => {
  test("a cluster without failures ends with 0", async () => {
    const { exitCode, stdout } = await runCli(["check", ...headline, idOf("aks-edge-cdn-neu-01")], azure);
    expect(schemaFaults(JSON.parse(stdout))).toEqual([]);
    expect(JSON.parse(stdout).clusters).toHaveLength(1);
    expect(exitCode).toBe(0);
  });

  test("failures of severity high end with 1 without being asked", async () => {
    expect((await runCli(["check", ...headline, idOf("aks-edge-pop-weu-01")], azure)).exitCode).toBe(1);
    expect(
      (await runCli(["check", ...headline, idOf("aks-edge-pop-weu-01"), "--fail-on", "critical"], azure))
        .exitCode,
    ).toBe(0);
  });

  test("a fact that is refused ends with 3", async () => {
    const { exitCode, stdout } = await runCli(
      ["check", idOf("aks-data-lake-neu-01"), "--fail-on", "none"],
      azure,
    );
    expect(JSON.parse(stdout).gaps).not.toEqual([]);
    expect(exitCode).toBe(3);
  });

  test("a cluster that cannot be read at all ends with 3 and one line", async () => {
    const { exitCode, stdout, stderr } = await runCli(["check", idOf("aks-edge-pop-weu-01")], {
      ...azure,
      faults: [{ match: { service: "managedClusters" }, kind: "403" }],
    });
    expect(stderr).toMatch(/^midwatch: [^\n]+\n$/);
    expect(stdout).toBe("");
    expect(exitCode).toBe(3);
  });

  test("a cluster that does not exist ends with 2", async () => {
    const id = idOf("aks-edge-pop-weu-01").replace("aks-edge-pop-weu-01", "aks-nobody");
    const { exitCode, stdout, stderr } = await runCli(["check", id], azure);
    expect(stderr).toMatch(/there is no cluster .*aks-nobody/);
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });

  test("several clusters make one result", async () => {
    const ids = [idOf("aks-edge-cdn-neu-01"), idOf("aks-edge-pop-weu-01")];
    const { stdout } = await runCli(["check", ...ids], azure);
    expect(schemaFaults(JSON.parse(stdout))).toEqual([]);
    expect(JSON.parse(stdout).summary.clusters).toBe(2);
  });

  test("ids and documents do not mix", async () => {
    const { exitCode } = await runCli(["check", idOf("aks-edge-cdn-neu-01"), `${documents}/arm-get.json`]);
    expect(exitCode).toBe(2);
  });
});

describe("checking documents", () => {
  test("a result is valid by the published schema, also of a template", async () => {
    const files = ["az-aks-list.json", "template.json", "template-nested.json", "wrong-types.json"];
    const { stdout } = await runCli(["check", ...files.map((file) => `${documents}/${file}`)]);
    const result = JSON.parse(stdout);
    expect(schemaFaults(result)).toEqual([]);
    expect(result.clusters).toHaveLength(4);
  });

  test("failures at or above --fail-on end with 1", async () => {
    const file = `${documents}/az-aks-list.json`;
    expect((await runCli(["check", file])).exitCode).toBe(1);
    expect((await runCli(["check", file, "--fail-on", "none"])).exitCode).toBe(0);
  });

  test("what a document cannot hold is counted on stderr, and is a fault only with --strict", async () => {
    const argv = ["check", `${documents}/az-aks-list.json`, "--fail-on", "none"];
    const lenient = await runCli(argv);
    expect(lenient.stderr).toMatch(/\d+ facts of 2 clusters are not in the document: the Defender pricing/);
    expect(lenient.exitCode).toBe(0);
    expect(JSON.parse(lenient.stdout).sweep.complete).toBe(true);
    expect((await runCli([...argv, "--strict"])).exitCode).toBe(3);
    expect((await runCli([...argv, "--quiet"])).stderr).toBe("");
  });

  test("facts of a wrong type are counted for --strict too", async () => {
    const argv = ["check", `${documents}/wrong-types.json`, "--fail-on", "none"];
    const { exitCode, stderr, stdout } = await runCli(argv);
    expect(stderr).toContain("3 facts could not be told");
    expect(JSON.parse(stdout).gaps).toHaveLength(3);
    expect(exitCode).toBe(0);
  });

  test("the first page of a longer list ends with 3: its other clusters were not read", async () => {
    const { exitCode, stdout, stderr } = await runCli([
      "check",
      `${documents}/first-page.json`,
      "--fail-on",
      "none",
    ]);
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout).gaps[0].detail).toContain("1 of 2 rows");
    expect(stderr).toContain("do not hold all clusters");
  });

  test("all pages of a list together are complete, also from several files", async () => {
    const pages = ["first-page.json", "second-page.json"].map((file) => `${documents}/${file}`);
    const { exitCode, stdout } = await runCli(["check", ...pages, "--fail-on", "none"]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).clusters).toHaveLength(2);
  });

  test("standard input is a document like any other", async () => {
    const stdin = readFileSync(`${documents}/az-aks-show.json`);
    const { stdout } = await runCli(["check", "-", "--fail-on", "none"], { stdin });
    expect(JSON.parse(stdout).sweep.scope).toEqual({ documents: ["stdin"] });
  });

  test("the same cluster in two documents is judged once", async () => {
    const files = ["az-aks-show.json", "arm-list.json"].map((file) => `${documents}/${file}`);
    const { stdout, stderr } = await runCli(["check", ...files]);
    expect(JSON.parse(stdout).clusters).toHaveLength(2);
    expect(stderr).toContain("1 repeated mention");
  });

  test("the same cluster twice with different verdicts is a gap, whichever comes first", async () => {
    const id =
      "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/aks";
    const states = [true, false].map((disableLocalAccounts) => ({
      id,
      properties: { disableLocalAccounts },
    }));
    for (const rows of [states, [...states].reverse()]) {
      const stdin = Buffer.from(JSON.stringify(rows));
      const { exitCode, stdout } = await runCli(["check", "-", "--fail-on", "none"], { stdin });
      expect(exitCode).toBe(3);
      expect(JSON.parse(stdout).gaps).toMatchObject([{ scope: id, reason: "malformed" }]);
    }
  });

  test("a stopped reader is no error", async () => {
    const { exitCode, stderr } = await runCli(["check", `${documents}/arm-list.json`, "--quiet"], {
      changes: { stdout: failingStream("EPIPE") },
    });
    expect(stderr).toBe("");
    expect(exitCode).toBe(1);
  });

  test.each([
    ["a result", ["check", `${documents}/arm-list.json`, "--quiet"]],
    ["the catalogue", ["controls"]],
  ])("a full disk behind standard output is told in one line: %s", async (_, argv) => {
    const { exitCode, stderr } = await runCli(argv, { changes: { stdout: failingStream("ENOSPC") } });
    expect(stderr).toBe("midwatch: standard output: does not fit: the disk is full\n");
    expect(exitCode).toBe(2);
  });

  test("dates of retirements that nobody checked for half a year are told, unless quiet", async () => {
    const argv = ["check", `${documents}/arm-list.json`];
    const says = /^midwatch: Dates of retirements were last checked on \d{4}-\d{2}-\d{2}: a newer version/m;
    const later = { changes: { clock: { now: () => "2028-01-01T00:00:00.000Z" } } };
    expect((await runCli(argv, later)).stderr).toMatch(says);
    expect((await runCli([...argv, "--as-of", "2028-01-01"])).stderr).toMatch(says);
    expect((await runCli(argv)).stderr).not.toMatch(says);
    expect((await runCli([...argv, "--quiet"], later)).stderr).toBe("");
  });

  test.each([
    ["nothing", "", "stdin:1:1: is empty"],
    ["blanks", " \n ", "stdin:1:1: holds only blanks"],
    ["a web page", "<!DOCTYPE html>", "stdin:1:1: is not JSON"],
    ["a truncated list", '[{"id": "x",\n "name": "a', "stdin:2:10: is not JSON: a string is not closed"],
    ["no cluster", '{"value": []}', "stdin: holds no AKS cluster; looked for the output of az aks list"],
    [
      "Azure's refusal",
      '{"error":{"code":"AuthorizationFailed","message":"No."}}',
      "Azure's error AuthorizationFailed: No.",
    ],
    [
      "a template nested beyond measure",
      `{"contentVersion":"1","resources":[{"type":"Microsoft.ContainerService/managedClusters","properties":${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}}]}`,
      "is nested too deeply",
    ],
    ["UTF-32", Buffer.from([0x7b, 0, 0, 0, 0x7d, 0, 0, 0]), "is UTF-32 text"],
    ["a compressed file", Buffer.from([0x1f, 0x8b, 8, 0, 0]), "is compressed"],
    [
      "bytes that are no text",
      Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]),
      "not text: what stands at byte 3",
    ],
  ])("%s ends with 2, one line on stderr and nothing on stdout", async (_, stdin, says) => {
    const { exitCode, stdout, stderr } = await runCli(["check", "-"], { stdin });
    expect(stderr).toContain(says);
    expect(stderr).toMatch(/^midwatch: [^\n]+\n$/);
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });

  test("a file that is not there and a folder end with 2", async () => {
    expect((await runCli(["check", "nowhere.json"])).stderr).toBe("midwatch: nowhere.json: does not exist\n");
    expect((await runCli(["check", documents])).stderr).toBe(`midwatch: ${documents}: is a directory\n`);
  });
});

function failingStream(code: string): Writable {
  const error = Object.assign(new Error(`write ${code}`), { code, syscall: "write" });
  return new Writable({ write: (_chunk, _encoding, done) => done(error) });
}
