import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Language, type Node, Parser } from "web-tree-sitter";

/** A module that a Bicep file deploys: where its file is and which parameters it is given. */
export interface BicepModule {
  readonly name: string;
  readonly source: string;
  readonly parameters: readonly string[];
}

/** What the tests ask of a Bicep file, read from its syntax tree. */
export interface BicepFile {
  readonly root: Node;
  /** Places the grammar could not read, as `line: text`. */
  readonly faults: readonly string[];
  readonly parameters: readonly { readonly name: string; readonly required: boolean }[];
  readonly modules: readonly BicepModule[];
  readonly outputs: readonly { readonly name: string; readonly value: string }[];
}

await Parser.init();
const bicep = await Language.load(
  createRequire(import.meta.url).resolve("tree-sitter-bicep/tree-sitter-bicep.wasm"),
);

/** Reads a Bicep file from disk. */
export function readBicep(path: string): BicepFile {
  return parseBicep(readFileSync(path, "utf8"));
}

/** Reads Bicep from text. */
export function parseBicep(text: string): BicepFile {
  const tree = new Parser().setLanguage(bicep).parse(text);
  if (tree === null) throw new Error("The Bicep parser gave no tree.");
  const root = tree.rootNode;

  return {
    root,
    faults: nodesOf(root)
      .filter((node) => node.isError || node.isMissing)
      .map((node) => `${node.startPosition.row + 1}: ${node.text}`),
    parameters: descendants(root, "parameter_declaration").map((node) => ({
      name: nameOf(node),
      required: partsOf(node).length === 2,
    })),
    modules: descendants(root, "module_declaration").map((node) => {
      const given = valueAt(bodyOf(node), "params");
      return {
        name: nameOf(node),
        source: stringIn(partsOf(node)[1]),
        parameters: given === undefined ? [] : [...entriesOf(given).keys()],
      };
    }),
    outputs: descendants(root, "output_declaration").map((node) => ({
      name: nameOf(node),
      value: partsOf(node).at(-1)?.text ?? "",
    })),
  };
}

/** Every node under and including this one, in the order of the text. */
function nodesOf(node: Node): readonly Node[] {
  return [node, ...node.children.flatMap(nodesOf)];
}

/** Every node of one type under this one. */
export function descendants(node: Node, type: string): readonly Node[] {
  return nodesOf(node).filter((each) => each.type === type);
}

/** The named children, without comments. */
export function partsOf(node: Node): readonly Node[] {
  return node.namedChildren.filter((child) => child.type !== "comment");
}

/** The name a declaration gives. */
export function nameOf(declaration: Node): string {
  return partsOf(declaration)[0]?.text ?? "";
}

/** The object of a resource or module, also inside `if` and `for`. */
export function bodyOf(declaration: Node): Node {
  const body = descendants(declaration, "object")[0];
  if (body === undefined) throw new Error(`${nameOf(declaration)} has no body.`);
  return body;
}

/** Keys and values of an object. */
export function entriesOf(object: Node): ReadonlyMap<string, Node> {
  const entries = new Map<string, Node>();
  for (const property of partsOf(object)) {
    const [key, value] = partsOf(property);
    if (property.type === "object_property" && key !== undefined && value !== undefined) {
      entries.set(key.type === "string" ? stringIn(key) : key.text, value);
    }
  }
  return entries;
}

/** The value at a path of keys, if there is one. */
export function valueAt(object: Node, ...path: readonly string[]): Node | undefined {
  return path.reduce<Node | undefined>(
    (at, key) => (at === undefined ? undefined : entriesOf(at).get(key)),
    object,
  );
}

/** The text between the quotes. */
export function stringIn(node: Node | undefined): string {
  return node?.text.replace(/^'|'$/g, "") ?? "";
}

/** Every name the file gives to something. */
export function declaredNames(root: Node): ReadonlySet<string> {
  const declarations = root.descendantsOfType([
    "parameter_declaration",
    "variable_declaration",
    "resource_declaration",
    "module_declaration",
    "lambda_expression",
    "for_statement",
  ]);
  return new Set(declarations.flatMap((node) => (node === null ? [] : [nameOf(node)])));
}

/** Names in expressions: not keys of objects, not functions, not the names that declarations give. */
export function usedNames(root: Node): readonly string[] {
  const gives = /_declaration$|^lambda_expression$|^for_statement$|^object_property$|^primitive_type$/;
  return descendants(root, "identifier")
    .filter(
      ({ parent, id }) => !(parent !== null && gives.test(parent.type) && partsOf(parent)[0]?.id === id),
    )
    .filter(({ parent, id }) => parent?.childForFieldName("function")?.id !== id)
    .map(({ text }) => text);
}
