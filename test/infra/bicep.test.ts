import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Node } from "web-tree-sitter";
import { settingNames } from "../../src/composition/config.ts";
import {
  type BicepFile,
  bodyOf,
  declaredNames,
  descendants,
  entriesOf,
  nameOf,
  parseBicep,
  partsOf,
  readBicep,
  stringIn,
  usedNames,
  valueAt,
} from "./read-bicep.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const files: readonly (readonly [string, BicepFile])[] = readdirSync(join(repository, "infra"), {
  recursive: true,
})
  .map(String)
  .filter((path) => path.endsWith(".bicep"))
  .sort()
  .map((path) => [path, readBicep(join(repository, "infra", path))]);

/** Built-in roles by id (Azure's list of built-in roles); the last is whoever deploys, not the monitor. */
const roles: Readonly<Record<string, string>> = {
  "acdd72a7-3385-48ef-bd42-f606fba81ae7": "Reader",
  "39bc4728-0917-49c7-9d2c-d95423bc2eb4": "Security Reader",
  "4abbcc35-e782-43d8-92c5-2d3f1bd2253f": "Azure Kubernetes Service Cluster User Role",
  "7f6c6a51-bcf8-42ba-9220-52d62157d7db": "Azure Kubernetes Service RBAC Reader",
  "b7e6dc6d-f1e8-4753-8033-0f276bb0955b": "Storage Blob Data Owner",
  "974c5e8b-45b9-4653-ba55-5f855dd0fb88": "Storage Queue Data Contributor",
  "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3": "Storage Table Data Contributor",
  "4633458b-17de-408a-b874-0445c86b69e6": "Key Vault Secrets User",
  "3913510d-42f4-4e42-8a64-420c390055eb": "Monitoring Metrics Publisher",
  "b86a8fe4-44ce-4948-aee5-eccb2c155cd7": "Key Vault Secrets Officer",
};

/** Settings of the app that the deployment leaves out, and why. */
const notDeployed: Readonly<Record<string, string>> = {
  MIDWATCH_STORAGE: "a connection string, for Azurite alone",
  MIDWATCH_ARM_ENDPOINT: "only where the endpoint is not the cloud's own",
  MIDWATCH_GRAPH_ENDPOINT: "only where the endpoint is not the cloud's own",
};

test("there are Bicep files to hold", () => {
  expect(files.map(([path]) => path)).toContain("main.bicep");
});

describe("the syntax", () => {
  test.each(files)("%s is free of errors", (_path, file) => {
    expect(file.faults).toEqual([]);
  });

  test.each([
    ["a brace left open", "resource a 'B/c@2024-01-01' = {\n  name: 'a'\n"],
    ["a parameter without a type", "param name\n"],
    ["a value left out", "var name =\n"],
    ["a string left open", "var name = 'a\n"],
  ])("would show %s", (_fault, text) => {
    expect(parseBicep(text).faults).not.toEqual([]);
  });

  test.each(files)("%s uses no name it does not declare", (_path, file) => {
    expect(usedNames(file.root).filter((name) => !declaredNames(file.root).has(name))).toEqual([]);
  });

  test.each(files)("%s declares no name it does not use", (_path, file) => {
    const used = new Set(usedNames(file.root));
    const declared = ["parameter_declaration", "variable_declaration"].flatMap((type) =>
      descendants(file.root, type),
    );
    expect(declared.map(nameOf).filter((name) => !used.has(name))).toEqual([]);
  });
});

describe("the modules", () => {
  const calls = files.flatMap(([path, file]) => file.modules.map((module) => ({ path, file, ...module })));

  test.each(calls)("$path deploys $name from a file that is here", ({ path, source }) => {
    expect(source).not.toMatch(/^(br|ts)[:/]/);
    expect(existsSync(join(repository, "infra", dirname(path), source))).toBe(true);
  });

  test.each(calls)("$path gives $name what it asks for and nothing else", ({ path, source, parameters }) => {
    const declared = readBicep(join(repository, "infra", dirname(path), source)).parameters;
    expect(declared.map(({ name }) => name)).toEqual(expect.arrayContaining([...parameters]));
    const required = declared.filter((parameter) => parameter.required).map(({ name }) => name);
    expect(parameters).toEqual(expect.arrayContaining(required));
  });

  test.each(calls)("$path takes from $name only what it puts out", ({ path, file, name, source }) => {
    const outputs = readBicep(join(repository, "infra", dirname(path), source)).outputs;
    const taken = descendants(file.root, "member_expression")
      .map((node) => node.text.split("."))
      .filter((parts) => parts.length === 3 && parts[0] === name && parts[1] === "outputs")
      .map((parts) => parts[2]);
    expect(outputs.map((output) => output.name)).toEqual(expect.arrayContaining(taken));
  });

  test("every module is deployed, those for management groups by the commands that are put out", () => {
    const deployed = calls.map(({ path, source }) => join(dirname(path), source));
    const alone = files
      .map(([path]) => path)
      .filter((path) => path !== "main.bicep" && !deployed.includes(path));
    expect(alone).toEqual([
      "modules/inspection-rights-management-group.bicep",
      "modules/reader-rights-management-group.bicep",
    ]);
    const main = readFileSync(join(repository, "infra/main.bicep"), "utf8");
    for (const path of alone) expect(main).toContain(`--template-file infra/${path} `);
  });

  test("azd's parameter file gives main.bicep only what it declares, and all it requires", () => {
    const { parameters } = JSON.parse(readFileSync(join(repository, "infra/main.parameters.json"), "utf8"));
    const declared = files.find(([path]) => path === "main.bicep")?.[1].parameters ?? [];
    expect(Object.keys(parameters).sort()).toEqual(declared.map(({ name }) => name).sort());
  });
});

describe("the settings", () => {
  const settings = appSettings();

  test("are those the app reads", () => {
    const platform = /^(AzureWebJobsStorage|APPLICATIONINSIGHTS_|FUNCTIONS_)/;
    const deployed = [...settings.keys()].filter((name) => !platform.test(name));
    const read = settingNames.filter((name) => !platform.test(name));
    expect([...deployed, ...Object.keys(notDeployed)].sort()).toEqual(read.sort());
  });

  test("give the host its storage and telemetry by identity", () => {
    expect(stringIn(settings.get("AzureWebJobsStorage__credential"))).toBe("managedidentity");
    for (const service of ["blob", "queue", "table"]) {
      expect(settings.get(`AzureWebJobsStorage__${service}ServiceUri`)?.text).toBe(
        `storage.properties.primaryEndpoints.${service}`,
      );
    }
    expect(settings.get("APPLICATIONINSIGHTS_AUTHENTICATION_STRING")?.text).toContain("Authorization=AAD");
  });
});

describe("the rights", () => {
  const granted = files.flatMap(([path, file]) =>
    descendants(file.root, "string")
      .filter((node) => /^'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'$/.test(node.text))
      .map((node) => ({
        path,
        id: stringIn(node),
        line: file.root.text.split("\n")[node.startPosition.row] ?? "",
      })),
  );

  test("are the known roles, each beside its name", () => {
    expect([...new Set(granted.map(({ id }) => id))].sort()).toEqual(Object.keys(roles).sort());
    for (const { id, line } of granted) expect(line).toContain(`// ${roles[id]}`);
  });

  test("on what is watched are the same for subscriptions and management groups, and only read", () => {
    const at = (path: string) => granted.filter((right) => right.path === path).map(({ id }) => roles[id]);
    expect(at("modules/reader-rights-subscription.bicep")).toEqual(["Security Reader", "Reader"]);
    expect(at("modules/reader-rights-management-group.bicep")).toEqual(["Security Reader", "Reader"]);
  });

  test("to look into clusters are the same for subscriptions and management groups, and asked for by a parameter", () => {
    const at = (path: string) => granted.filter((right) => right.path === path).map(({ id }) => roles[id]);
    const both = ["Azure Kubernetes Service Cluster User Role", "Azure Kubernetes Service RBAC Reader"];
    expect(at("modules/inspection-rights-subscription.bicep")).toEqual(both);
    expect(at("modules/inspection-rights-management-group.bicep")).toEqual(both);

    const main = files.find(([path]) => path === "main.bicep")?.[1].root;
    const given =
      main && descendants(main, "module_declaration").filter((node) => /inspection-rights/.test(node.text));
    expect(given?.map(({ text }) => text.includes("if (inspection == 'on')"))).toEqual([true]);
    expect(main?.text).toMatch(/@allowed\(\['off', 'on'\]\)\nparam inspection string = 'off'\n/);
  });

  test("each say why", () => {
    for (const { line, path } of granted.filter((right) => right.line.includes("role:"))) {
      const text = readFileSync(join(repository, "infra", path), "utf8");
      expect(text.slice(text.indexOf(line)).split("\n")[1]).toMatch(/^ {4}reason: '.+'$/);
    }
  });

  test("stand in the deployment guide", () => {
    const guide = readFileSync(join(repository, "docs/deployment.md"), "utf8");
    for (const role of Object.values(roles)) expect(guide).toContain(`| ${role} |`);
  });
});

describe("the role of one's own", () => {
  const dataActions: readonly { readonly action: string; readonly reason: string }[] = JSON.parse(
    readFileSync(join(repository, "infra/modules/inspector-role.json"), "utf8"),
  ).dataActions;

  test("reads what RBAC Reader leaves out, and nothing else", () => {
    const rbac = "Microsoft.ContainerService/managedClusters/rbac.authorization.k8s.io";
    expect(dataActions.map(({ action }) => action).sort()).toEqual([
      "Microsoft.ContainerService/managedClusters/customresources/read",
      `${rbac}/clusterrolebindings/read`,
      `${rbac}/clusterroles/read`,
      `${rbac}/rolebindings/read`,
      `${rbac}/roles/read`,
    ]);
  });

  test.each(dataActions)("$action says why, and stands in the deployment guide", ({ action, reason }) => {
    expect(reason.length).toBeGreaterThan(20);
    expect(readFileSync(join(repository, "docs/deployment.md"), "utf8")).toContain(
      `\`${action.replace("Microsoft.ContainerService/managedClusters/", "")}\``,
    );
  });

  test.each(["subscription", "management-group"])("has data actions alone where a %s defines it", (scope) => {
    const file = readBicep(join(repository, `infra/modules/inspection-rights-${scope}.bicep`));
    const [definition] = descendants(file.root, "resource_declaration").filter((node) =>
      stringIn(partsOf(node)[1]).startsWith("Microsoft.Authorization/roleDefinitions@"),
    );
    expect(definition?.text).toContain("      {\n        actions: []\n        notActions: []\n");
    expect(definition?.text).toContain("dataActions: map(inspector.dataActions, each => each.action)");
    expect(file.root.text).toContain("loadJsonContent('inspector-role.json')");
  });

  test("is given to subscriptions alone: Azure takes no data actions of one's own at a management group", () => {
    expect(readBicep(join(repository, "infra/modules/inspector-assignment.bicep")).root.text).toContain(
      "targetScope = 'subscription'",
    );
  });
});

describe("the secrets", () => {
  test.each(files)("%s lists no keys and holds no secret", (_path, file) => {
    const names = [...descendants(file.root, "identifier"), ...descendants(file.root, "property_identifier")];
    expect(
      names.map(({ text }) => text).filter((name) => /^(list[A-Z]|getSecret$|secure$)/.test(name)),
    ).toEqual([]);
    expect(file.root.text).not.toMatch(
      /AccountKey=|SharedAccess|InstrumentationKey|@Microsoft\.KeyVault|vaults\/secrets/,
    );
  });

  test.each(files)("%s puts out no credential", (_path, file) => {
    expect(
      file.outputs.filter(({ value }) => /connectionString|instrumentation|password/i.test(value)),
    ).toEqual([]);
  });

  test("storage takes no shared key and shows nothing to the public", () => {
    const properties = bodyOf(resource("Microsoft.Storage/storageAccounts"));
    expect(valueAt(properties, "properties", "allowSharedKeyAccess")?.text).toBe("false");
    expect(valueAt(properties, "properties", "allowBlobPublicAccess")?.text).toBe("false");
  });

  test("the vault and the telemetry ask for Entra tokens", () => {
    const vault = bodyOf(resource("Microsoft.KeyVault/vaults"));
    expect(valueAt(vault, "properties", "enableRbacAuthorization")?.text).toBe("true");
    const insights = bodyOf(resource("Microsoft.Insights/components"));
    expect(valueAt(insights, "properties", "DisableLocalAuth")?.text).toBe("true");
  });
});

test("the app is Node 24 on Flex Consumption under an identity of its own", () => {
  expect(stringIn(valueAt(bodyOf(resource("Microsoft.Web/serverfarms")), "sku", "name"))).toBe("FC1");
  const app = bodyOf(resource("Microsoft.Web/sites"));
  expect(stringIn(valueAt(app, "identity", "type"))).toBe("UserAssigned");
  expect(stringIn(valueAt(app, "properties", "functionAppConfig", "runtime", "version"))).toBe("24");
});

/** The one resource of a type that is made, not merely referred to. */
function resource(type: string): Node {
  const found = files
    .flatMap(([, file]) => descendants(file.root, "resource_declaration"))
    .filter((node) => stringIn(partsOf(node)[1]).startsWith(`${type}@`))
    .filter((node) => !node.children.some((child) => child.type === "existing"));
  const [only, ...more] = found;
  if (only === undefined || more.length > 0)
    throw new Error(`${found.length} resources of type ${type}, not one.`);
  return only;
}

function appSettings(): ReadonlyMap<string, Node> {
  const properties = valueAt(bodyOf(resource("Microsoft.Web/sites/config")), "properties");
  if (properties === undefined) throw new Error("The app has no settings.");
  return entriesOf(properties);
}
