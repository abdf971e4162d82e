import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const ajv = new Ajv2020({ allErrors: true, strict: true });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync("schemas/result-1.schema.json", "utf8")));

/** What is wrong with a result by the published schema; empty when nothing is. */
export function schemaFaults(result: unknown): readonly string[] {
  if (validate(result)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
