import { describe, expect, it } from "vitest";
import { clouds, withEndpoint } from "../../../src/adapters/azure/clouds.ts";

describe("a cloud", () => {
  it.each(Object.entries(clouds))(
    "%s asks for tokens of its own Resource Manager",
    (_, { endpoint, scopes }) => {
      expect(scopes).toEqual([`${endpoint}/.default`]);
    },
  );

  it("can be one without a name", () => {
    expect(withEndpoint(clouds.usgov, "https://arm.example.invalid/")).toEqual({
      endpoint: "https://arm.example.invalid/",
      scopes: ["https://arm.example.invalid/.default"],
      graph: { endpoint: "https://graph.microsoft.us", scopes: ["https://graph.microsoft.us/.default"] },
      authorityHost: "https://login.microsoftonline.us",
      portalUrl: "https://portal.azure.us",
    });
  });
});
