import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nightOne } from "../../src/emulator/estate/nights.ts";
import { schemaFaults } from "./result-schema.ts";
import { type RunOptions, runCli } from "./run-cli.ts";

/** Fully readable; four failures, all high. */
const edge = "50b00000-0000-4000-8000-000000000106";
/** Its Defender pricing is refused. */
const data = "50b00000-0000-4000-8000-000000000104";

/** Few controls, whose verdicts on these clusters do not change with every control that is added. */
const headline = ["--profile", "headline"];

const azure: RunOptions = { world: nightOne() };

describe("exit codes of a sweep", () => {
  test.each([
    ["none", 0],
    ["critical", 0],
    ["high", 1],
    ["medium", 1],
    ["low", 1],
  ])("with failures of severity high, --fail-on %s ends with %i", async (level, expected) => {
    const { exitCode } = await runCli(
      ["sweep", ...headline, "--subscription", edge, "--fail-on", level],
      azure,
    );
    expect(exitCode).toBe(expected);
  });

  test("findings alone do not fail a sweep unless asked", async () => {
    expect((await runCli(["sweep", ...headline, "--subscription", edge], azure)).exitCode).toBe(0);
  });

  test("gaps end with 3, whatever was found", async () => {
    const { exitCode, stdout } = await runCli(["sweep", "--subscription", data, "--fail-on", "low"], azure);
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout).sweep.complete).toBe(false);
  });

  test("an Azure that refuses everything ends with 3 and a gap that names the refusal and the missing role", async () => {
    const { exitCode, stdout, stderr } = await runCli(["sweep"], {
      ...azure,
      faults: [{ match: { service: "resourceGraph" }, kind: "403" }],
    });
    const result = JSON.parse(stdout);
    expect(exitCode).toBe(3);
    expect(schemaFaults(result)).toEqual([]);
    expect(result.summary).toMatchObject({ clusters: 0, score: null });
    expect(result.gaps[0]).toMatchObject({
      reason: "accessDenied",
      remedy: expect.stringContaining("Reader"),
    });
    expect(stderr).toBe(
      "midwatch: 1 gap: what was not read is not judged (exit code 3); see gaps in the result\n",
    );
  });
});

describe("the result of a sweep", () => {
  test("is valid by the published schema, gaps and all", async () => {
    const { stdout } = await runCli(["sweep"], azure);
    const result = JSON.parse(stdout);
    expect(schemaFaults(result)).toEqual([]);
    expect(result.clusters.length).toBeGreaterThan(30);
    expect(result.gaps.length).toBeGreaterThan(5);
    expect(result.summary.clusters).toBe(result.clusters.length);
  });

  test("lists the clusters by id, whatever the order they were read in", async () => {
    const { stdout } = await runCli(["sweep"], azure);
    const ids = JSON.parse(stdout).clusters.map(({ id }: { id: string }) => id.toLowerCase());
    expect(ids).toEqual([...ids].sort());
  });

  test("remembers nothing without a store: status and since are null", async () => {
    const { stdout } = await runCli(["sweep", "--subscription", edge], azure);
    for (const { findings } of JSON.parse(stdout).clusters) {
      for (const finding of findings) expect(finding).toMatchObject({ status: null, since: null });
    }
  });

  test("tells new failures with a store", async () => {
    const store = "https://contosoposture.blob.core.windows.net";
    const { stdout } = await runCli(["sweep", "--subscription", edge, "--store", store], azure);
    const statuses = JSON.parse(stdout).clusters.flatMap(({ findings }: { findings: { status: string }[] }) =>
      findings.map(({ status }) => status),
    );
    expect(statuses).toContain("new");
    expect(schemaFaults(JSON.parse(stdout))).toEqual([]);
  });

  test("is remembered when the date asked for is today's", async () => {
    const store = "https://contosoposture.blob.core.windows.net";
    const argv = ["sweep", "--subscription", edge, "--as-of", "2026-11-21", "--store", store];
    expect((await runCli(argv, azure)).exitCode).toBe(0);
  });

  test("is judged as of the date asked for", async () => {
    const { stdout } = await runCli(["sweep", "--subscription", edge, "--as-of", "2025-01-01"], azure);
    expect(JSON.parse(stdout).sweep.asOf).toBe("2025-01-01");
  });

  test("is a table on a terminal and JSON in a pipe, unless asked otherwise", async () => {
    const argv = ["sweep", "--subscription", edge];
    const terminal: RunOptions = { ...azure, isTerminal: true };
    expect((await runCli(argv, terminal)).stdout).toContain("CLUSTERS, worst first");
    expect((await runCli([...argv, "--format", "json"], terminal)).stdout).toMatch(/^\{"schema"/);
    expect((await runCli(argv, azure)).stdout).toMatch(/^\{"schema"/);
    expect((await runCli([...argv, "--format", "table"], azure)).stdout).toContain("CLUSTERS, worst first");
  });

  test("is coloured for people at a terminal who did not refuse colours", async () => {
    const argv = ["sweep", "--subscription", edge];
    const colour = "\u001b[";
    const terminal: RunOptions = { ...azure, isTerminal: true };
    expect((await runCli(argv, terminal)).stdout).toContain(colour);
    expect((await runCli([...argv, "--no-color"], terminal)).stdout).not.toContain(colour);
    expect((await runCli(argv, { ...terminal, changes: { isColourless: true } })).stdout).not.toContain(
      colour,
    );
    expect((await runCli([...argv, "--format", "table"], azure)).stdout).not.toContain(colour);
  });
});

describe("--output and --profile", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "midwatch-cli-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("the file holds the whole result, stdout nothing, and no draft is left", async () => {
    const file = join(folder, "posture.json");
    writeFileSync(file, "old");
    const { exitCode, stdout } = await runCli(["sweep", "--subscription", edge, "--output", file], {
      ...azure,
      isTerminal: true,
    });
    expect(exitCode).toBe(0);
    expect(stdout).toBe("");
    expect(schemaFaults(JSON.parse(readFileSync(file, "utf8")))).toEqual([]);
    expect(readdirSync(folder)).toEqual(["posture.json"]);
  });

  test.each([
    ["", true],
    [" that leads nowhere yet", false],
  ])("a link stays one, and the file it leads to is written%s", async (_, isThere) => {
    mkdirSync(join(folder, "kept"));
    const target = join(folder, "kept", "posture.json");
    if (isThere) writeFileSync(target, "old");
    symlinkSync(join("kept", "posture.json"), join(folder, "latest.json"));
    symlinkSync("latest.json", join(folder, "link.json"));
    const argv = ["sweep", "--subscription", edge, "--output", join(folder, "link.json")];
    expect((await runCli(argv, azure)).exitCode).toBe(0);
    expect(schemaFaults(JSON.parse(readFileSync(target, "utf8")))).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(["kept", "latest.json", "link.json"]);
    expect(readdirSync(join(folder, "kept"))).toEqual(["posture.json"]);
    expect(lstatSync(join(folder, "link.json")).isSymbolicLink()).toBe(true);
  });

  test("a link to itself is refused before anything is read", async () => {
    symlinkSync("link.json", join(folder, "link.json"));
    const { exitCode, stderr } = await runCli(["sweep", "--output", join(folder, "link.json")]);
    expect(stderr).toContain("link.json: is a link that leads back to itself");
    expect(exitCode).toBe(2);
  });

  test.each([
    ["a folder", "", "is a directory"],
    ["a file in no folder", "nowhere/posture.json", "does not exist"],
  ])("%s is refused before anything is read", async (_, path, says) => {
    const { exitCode, stderr } = await runCli(["sweep", "--output", join(folder, path)]);
    expect(stderr).toContain(says);
    expect(exitCode).toBe(2);
  });

  test("a profile from a file judges its own controls and the headline ones, at its severities", async () => {
    const file = join(folder, "ours.json");
    const control = { id: "nodes.public-ips-absent", severity: "low" };
    writeFileSync(file, JSON.stringify({ name: "ours", controls: [control] }));
    const { exitCode, stdout } = await runCli(["sweep", "--subscription", edge, "--profile", file], azure);
    const result = JSON.parse(stdout);
    expect(exitCode).toBe(0);
    expect(result.sweep.profile).toBe("ours");
    expect(result.summary.findings.fail.low).toBe(3);
  });

  test("clusters that a profile is not for are listed as excluded, and not judged", async () => {
    const file = join(folder, "ours.json");
    const clusters = { except: { tags: { owner: "edge-devices" } } };
    writeFileSync(file, JSON.stringify({ controls: ["nodes.public-ips-absent"], clusters }));
    const argv = ["sweep", "--subscription", edge, "--profile", file];
    const { stdout } = await runCli(argv, azure);
    const result = JSON.parse(stdout);
    expect(schemaFaults(result)).toEqual([]);
    expect(result.excluded).toMatchObject([
      { name: "aks-edge-cameras-sea-01", reason: expect.stringContaining("except") },
    ]);
    expect(result.clusters.map(({ name }: { name: string }) => name)).not.toContain(
      "aks-edge-cameras-sea-01",
    );
    const table = await runCli([...argv, "--format", "table"], azure);
    expect(table.stdout).toContain("EXCLUDED: 1 cluster");
    expect(table.stdout).toContain("aks-edge-cameras-sea-01");
  });

  test.each([
    ["an unknown control", '{"controls":["nodes.nope"]}', 'There is no control "nodes.nope"'],
    [
      "an unknown severity",
      '{"controls":[{"id":"nodes.public-ips-absent","severity":"bad"}]}',
      'the severity "bad"',
    ],
    ["an unknown key", '{"control":[]}', "control"],
    [
      "a subscription that is none",
      '{"controls":["nodes.public-ips-absent"],"clusters":{"only":{"subscriptions":["prod"]}}}',
      "clusters only subscriptions 0",
    ],
    [
      "a condition that asks nothing",
      '{"controls":["nodes.public-ips-absent"],"clusters":{"except":{}}}',
      "clusters except names no condition",
    ],
    ["broken JSON", '{"controls":[', "ours.json:1:14: is not JSON"],
  ])("a profile with %s is refused by name", async (_, text, says) => {
    const file = join(folder, "ours.json");
    writeFileSync(file, text);
    const { exitCode, stderr } = await runCli(["sweep", "--profile", file, "--fail-on", "x"]);
    expect(stderr).toContain(says);
    expect(stderr).toContain("--fail-on x");
    expect(exitCode).toBe(2);
  });

  test("a profile that is not there is refused", async () => {
    const { stderr } = await runCli(["sweep", "--profile", join(folder, "none.json")]);
    expect(stderr).toContain("none.json: does not exist");
  });
});
