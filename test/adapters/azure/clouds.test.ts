import { describe, expect, it } from "vitest";
import { cloud, clouds } from "../../../src/adapters/azure/clouds.ts";

describe("a cloud", () => {
  it.each(Object.entries(clouds))(
    "%s asks for tokens of its own Resource Manager",
    (_, { endpoint, scopes }) => {
      expect(scopes).toEqual([`${endpoint}/.default`]);
    },
  );

  it("can be one without a name", () => {
    expect(cloud("https://arm.example.invalid/", "https://login.example.invalid")).toEqual({
      endpoint: "https://arm.example.invalid/",
      scopes: ["https://arm.example.invalid/.default"],
      authorityHost: "https://login.example.invalid",
    });
  });
});
