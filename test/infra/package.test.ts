import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");

describe("the deployed package", () => {
  const ignored = read(".funcignore")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));

  test("holds the bundle and leaves the emulated Azure, the sources and the tests at home", () => {
    expect(ignored).toEqual(
      expect.arrayContaining(["/dist/cli", "/dist/start", "/src", "/test", "/infra", ".*"]),
    );
    for (const needed of [
      "/dist",
      "/dist/functions",
      "/host.json",
      "/package.json",
      "*.json",
      "*.cjs",
      "/*",
      // Where a profile of somebody's own may lie.
      "/profiles",
    ]) {
      expect(ignored).not.toContain(needed);
    }
  });

  test("is built here: dependencies stay out by their contents, as azd refuses the folder's name", () => {
    expect(read("azure.yaml")).toContain("remoteBuild: false");
    expect(ignored).toContain("/node_modules/*");
    expect(ignored).not.toContain("node_modules");
    expect(ignored).not.toContain("/node_modules");
  });

  test("goes to the app that carries the name of azd's service", () => {
    const service = /^services:\n {2}([\w-]+):$/m.exec(read("azure.yaml"))?.[1];
    expect(read("infra/modules/function-app.bicep")).toContain(`'azd-service-name': '${service}'`);
  });

  test("starts where package.json says", () => {
    expect(JSON.parse(read("package.json")).main).toMatch(/^dist\/functions\//);
  });
});

describe("the host", () => {
  const host = JSON.parse(read("host.json"));

  test("serves routes as they are written", () => {
    expect(host.extensions.http.routePrefix).toBe("");
  });

  test("resumes a sweep soon after a stop, within what keeps the host from starting (1 to 60 minutes)", () => {
    const [hours, minutes] = host.extensions.durableTask.storageProvider.controlQueueVisibilityTimeout
      .split(":")
      .map(Number);
    expect(hours * 60 + minutes).toBeGreaterThanOrEqual(1);
    expect(hours * 60 + minutes).toBeLessThanOrEqual(5);
  });

  test("logs what functions say, and warnings of the rest", () => {
    expect(host.logging.logLevel).toMatchObject({ default: "Warning", Function: "Information" });
  });

  test("keeps no block that its way of telemetry ignores", () => {
    expect(host.telemetryMode).toBe("OpenTelemetry");
    expect(host.logging).not.toHaveProperty("applicationInsights");
  });
});
