import { describe, expect, test } from "vitest";
import { catalogue } from "../../src/controls/index.ts";
import { runCli } from "./run-cli.ts";

describe("listing controls", () => {
  test("a terminal gets a table of all", async () => {
    const { exitCode, stdout } = await runCli(["controls"], { isTerminal: true });
    for (const { id, title } of catalogue) {
      expect(stdout).toContain(id);
      expect(stdout).toContain(title);
    }
    expect(exitCode).toBe(0);
  });

  test("a pipe gets JSON of all", async () => {
    const { stdout } = await runCli(["controls"]);
    const listed = JSON.parse(stdout);
    expect(listed.map(({ id }: { id: string }) => id)).toEqual(catalogue.map(({ id }) => id));
  });

  test("one control is explained, whatever the casing of its id", async () => {
    const { stdout } = await runCli(["controls", "Nodes.Public-IPs-Absent", "--format", "table"]);
    expect(stdout).toContain("nodes.public-ips-absent");
    expect(stdout).toContain("az aks nodepool add");
    expect(stdout).toContain("https://learn.microsoft.com/");
  });

  test("what lies inside a cluster is explained with a manifest, after the commands and as it stands", async () => {
    const { stdout } = await runCli(["controls", "network.default-deny-everywhere", "--format", "table"]);
    const [, manifest] = stdout.split("--name {cluster}\n\n  Manifest:\n");
    expect(manifest).toMatch(
      /^ {4}apiVersion: networking\.k8s\.io\/v1\n {4}kind: NetworkPolicy\n {4}metadata:\n {6}name/,
    );
    expect(manifest).toMatch(/\n {4}---\n/);
    expect(manifest).toContain("\n\n  Docs: ");
  });

  test("a control without a manifest speaks of none", async () => {
    const { stdout } = await runCli(["controls", "nodes.public-ips-absent", "--format", "table"]);
    expect(stdout).not.toContain("Manifest");
  });

  test("one control as JSON is one object", async () => {
    const { stdout } = await runCli(["controls", "control-plane.open-door-absent"]);
    expect(JSON.parse(stdout)).toMatchObject({ severity: "critical", parts: expect.any(Array) });
  });

  test("parts are told by ids that the catalogue has", async () => {
    const { stdout } = await runCli(["controls", "workloads.node-takeover-path-absent"]);
    const ids = catalogue.map(({ id }) => id);
    for (const id of JSON.parse(stdout).parts.flat()) expect(ids).toContain(id);
  });

  test("the guides are a page of their own", async () => {
    const { stdout } = await runCli(["controls", "--guides"]);
    expect(stdout).toMatch(/^# The two guides/);
    expect(stdout).toContain("[`control-plane.private-cluster`](controls.md#control-planeprivate-cluster)");
  });

  test("Markdown is the page of the controls", async () => {
    const { stdout } = await runCli(["controls", "--format", "markdown"]);
    expect(stdout).toMatch(/^# Controls/);
  });
});
