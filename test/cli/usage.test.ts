import { describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const wrong: Readonly<Record<string, readonly [argv: readonly string[], says: string]>> = {
  "an unknown option": [["sweep", "--nope"], "unknown option '--nope'"],
  "an unknown command": [["swep"], "unknown command 'swep'"],
  "an argument too many": [["sweep", "x"], "too many arguments"],
  "no target": [["check"], "missing required argument 'target'"],
  "an option without its value": [["sweep", "--profile"], "argument missing"],
  "a format that does not exist": [["sweep", "--format", "csv"], "--format csv: the formats are table, json"],
  "a level that does not exist": [
    ["sweep", "--fail-on", "severe"],
    "--fail-on severe: the levels are critical, high, medium, low, none",
  ],
  "a day that does not exist": [["sweep", "--as-of", "2026-02-31"], "--as-of 2026-02-31: not a date"],
  "a date in another form": [["sweep", "--as-of", "21.11.2026"], "--as-of 21.11.2026: not a date"],
  "a day that is not today for what is remembered": [
    ["sweep", "--as-of", "2025-01-01", "--store", "https://contosoposture.blob.core.windows.net"],
    "--as-of 2025-01-01 and --store exclude each other: a store remembers what holds today, 2026-11-21",
  ],
  "an empty subscription id": [["sweep", "--subscription", ""], '--subscription "": not a subscription id'],
  "an empty management group": [
    ["sweep", "--management-group", ""],
    '--management-group "": not the id of a management group',
  ],
  "a file without a name": [["sweep", "--output", ""], '--output "": names no file'],
  "a file of the catalogue without a name": [["controls", "--output", ""], '--output "": names no file'],
  "no subscription id": [
    ["sweep", "--subscription", "payments"],
    "--subscription payments: not a subscription id",
  ],
  "both kinds of scope": [
    ["sweep", "--subscription", "11111111-1111-4111-8111-111111111111", "--management-group", "mg"],
    "--subscription and --management-group exclude each other",
  ],
  "a store that is none": [["sweep", "--store", "somewhere"], "--store: neither"],
  "an unknown profile": [["sweep", "--profile", "strict"], "--profile strict: the profiles are default"],
  "an unknown control": [["controls", "nodes.nope"], "there is no control nodes.nope"],
  "a bad resource id": [
    ["check", "/subscriptions/1/resourceGroups/x"],
    "/subscriptions/1/resourceGroups/x: not the resource id of a cluster",
  ],
  "a look into a document": [
    ["check", "clusters.json", "--inspect"],
    "--inspect: clusters.json is a document; only live clusters can be looked into, by their resource ids",
  ],
  "a look into what is piped in": [["check", "--inspect", "-"], "--inspect: stdin is a document"],
  "an estate the package does not have": [
    ["sweep", "--estate"],
    "--estate: the emulated Azure is not in the package",
  ],
};

describe("wrong usage", () => {
  test.each(Object.entries(wrong))(
    "%s is refused in one line on stderr with exit code 2",
    async (_, [argv, says]) => {
      const { exitCode, stdout, stderr } = await runCli(argv);
      expect(stderr).toContain(says);
      expect(stderr).toMatch(/^midwatch: [^\n]+\n$/);
      expect(stdout).toBe("");
      expect(exitCode).toBe(2);
    },
  );

  test("all faults are told at once", async () => {
    const { stderr } = await runCli([
      "sweep",
      "--format",
      "html",
      "--fail-on",
      "x",
      "--as-of",
      "soon",
      "--profile",
      "y",
    ]);
    for (const option of ["--format html", "--fail-on x", "--as-of soon", "--profile y"])
      expect(stderr).toContain(option);
  });

  test("a store is never repeated: it may hold a key", async () => {
    const { stderr } = await runCli(["sweep", "--store", "AccountKey=c2VjcmV0"]);
    expect(stderr).not.toContain("c2VjcmV0");
  });
});

describe("what others wrote reaches no terminal as anything but text", () => {
  const paint = "\u001b[2J\u0007\u009b31m\u202e";
  const unseen = /[^\P{C}\n]/u;

  test.each([
    ["an option", ["sweep", `--${paint}`]],
    ["a command", [paint]],
    [
      "an option's value",
      ["sweep", "--format", paint, "--profile", paint, "--as-of", paint, "--tenant", paint],
    ],
    ["a control's id", ["controls", paint]],
    ["a file's name", ["check", `${paint}.json`]],
    ["the name of a profile's file", ["sweep", "--profile", `${paint}.json`]],
    ["a resource id", ["check", `/subscriptions/${paint}`]],
    ["a file to write", ["controls", "--output", `nowhere/${paint}`]],
  ])("%s", async (_, argv) => {
    const { exitCode, stderr } = await runCli(argv);
    expect(stderr).toContain("\\u{1b}[2J\\u{7}\\u{9b}31m\\u{202e}");
    expect(stderr).not.toMatch(unseen);
    expect(exitCode).toBe(2);
  });

  test("a document", async () => {
    for (const stdin of [`<${paint}>`, JSON.stringify({ error: { code: "X", message: paint } })]) {
      const { stderr } = await runCli(["check", "-"], { stdin });
      expect(stderr).toMatch(/\\u\{?0*1b/);
      expect(stderr).not.toMatch(unseen);
    }
  });

  test("an unexpected error, its stack included", async () => {
    const connect = () => {
      throw new Error(paint);
    };
    const { stderr } = await runCli(["sweep"], { changes: { connect, isDebug: true } });
    expect(stderr.split("\n").length).toBeGreaterThan(3);
    expect(stderr).not.toMatch(unseen);
  });
});

describe("help", () => {
  test.each([["--help"], ["sweep", "--help"], ["check", "--help"], ["controls", "--help"]])(
    "%s %s shows examples and ends well",
    async (...argv) => {
      const { exitCode, stdout } = await runCli(argv);
      expect(stdout).toContain("Examples:");
      expect(exitCode).toBe(0);
    },
  );

  test.each([["sweep"], ["check"]])("%s says how clusters are looked into", async (command) => {
    const { stdout } = await runCli([command, "--help"]);
    expect(stdout).toMatch(/--inspect +look into live clusters through the Kubernetes API/);
  });

  test("the version is the package's", async () => {
    const { exitCode, stdout } = await runCli(["--version"]);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(exitCode).toBe(0);
  });

  test("no command at all gets the help and exit code 2", async () => {
    const { exitCode, stdout, stderr } = await runCli([]);
    expect(stderr).toContain("Usage: midwatch");
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });
});

describe("the estate", () => {
  test("gets the same command line without --estate, and its exit code is ours", async () => {
    const seen: (readonly string[])[] = [];
    const runInEstate = async (argv: readonly string[]) => {
      seen.push(argv);
      return 3;
    };
    const { exitCode } = await runCli(["sweep", "--estate", "--quiet"], { changes: { runInEstate } });
    expect(seen).toEqual([["sweep", "--quiet"]]);
    expect(exitCode).toBe(3);
  });
});

describe("--inspect", () => {
  const id =
    "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks";

  test.each([["sweep"], ["check", id]])(
    "connects %s to look into clusters, and only when asked",
    async (...argv) => {
      const asked: boolean[] = [];
      const connect = (_tenantId: string | null, inspection: boolean) => {
        asked.push(inspection);
        throw new Error("connected");
      };
      await runCli(argv, { changes: { connect } });
      await runCli([...argv, "--inspect"], { changes: { connect } });
      expect(asked).toEqual([false, true]);
    },
  );
});

describe("an error nobody expected", () => {
  const connect = () => {
    throw new Error("broken\nin two lines");
  };

  test("is one line without a stack", async () => {
    const { exitCode, stdout, stderr } = await runCli(["sweep"], { changes: { connect } });
    expect(stderr).toBe("midwatch: unexpected error: broken in two lines (MIDWATCH_DEBUG=1 shows where)\n");
    expect(stdout).toBe("");
    expect(exitCode).toBe(3);
  });

  test("shows its stack to whoever asked for it", async () => {
    const { stderr } = await runCli(["sweep"], { changes: { connect, isDebug: true } });
    expect(stderr).toContain("run-cli.ts");
  });
});
