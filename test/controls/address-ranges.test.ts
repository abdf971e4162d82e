import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AddressRange, coversFamily, parseAddressRange } from "../../src/controls/address-ranges.ts";

describe("parseAddressRange", () => {
  test.each([
    ["203.0.113.0/24", "IPv4", 0xcb007100n, 0xcb0071ffn],
    ["203.0.113.7", "IPv4", 0xcb007107n, 0xcb007107n],
    [" 203.0.113.7/32 ", "IPv4", 0xcb007107n, 0xcb007107n],
    ["203.0.113.7/24", "IPv4", 0xcb007100n, 0xcb0071ffn],
    ["0.0.0.0/0", "IPv4", 0n, (1n << 32n) - 1n],
    ["::/0", "IPv6", 0n, (1n << 128n) - 1n],
    ["2001:DB8::1", "IPv6", (0x20010db8n << 96n) + 1n, (0x20010db8n << 96n) + 1n],
  ])("reads %j", (text, family, first, last) => {
    expect(parseAddressRange(text)).toMatchObject({ family, first, last });
  });

  test.each([
    "",
    "/24",
    "AzureCloud",
    "10",
    "0x0a.0.0.1",
    "010.0.0.0/8",
    "10.0.0/8",
    "256.0.0.0/8",
    "10.0.0.0/33",
    "10.0.0.0/08",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "::/129",
    ":::/64",
    "fe80::1%eth0/64",
    "::ffff:10.0.0.0/104",
  ])("does not read %j", (text) => {
    expect(parseAddressRange(text)).toBeNull();
  });
});

describe("coversFamily", () => {
  test("no ranges cover nothing", () => {
    expect(coversFamily([], "IPv4")).toBe(false);
  });

  test("the other family's ranges do not count", () => {
    expect(coversFamily([range("::/0")], "IPv4")).toBe(false);
  });

  test("a range inside another one does not end the cover early", () => {
    expect(coversFamily([range("0.0.0.0/1"), range("10.0.0.0/8"), range("128.0.0.0/1")], "IPv4")).toBe(true);
  });

  test("however the internet is cut, its pieces cover it in any order and do not with one piece missing", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), fc.nat(), (cuts, missing) => {
        const pieces = cutUp(cuts);
        const shuffled = [...pieces].sort((a, b) => a.text.localeCompare(b.text));
        expect(coversFamily(shuffled, "IPv4")).toBe(true);
        expect(coversFamily(shuffled.toSpliced(missing % shuffled.length, 1), "IPv4")).toBe(false);
      }),
    );
  });
});

/** Halves one of the pieces at each cut. */
function cutUp(cuts: readonly number[]): readonly AddressRange[] {
  let pieces: readonly (readonly [address: number, prefix: number])[] = [[0, 0]];
  for (const cut of cuts) {
    const index = cut % pieces.length;
    pieces = pieces.flatMap(([address, prefix], at) => {
      if (at !== index || prefix === 32) return [[address, prefix] as const];
      return [[address, prefix + 1] as const, [address + 2 ** (31 - prefix), prefix + 1] as const];
    });
  }
  return pieces.map(([address, prefix]) => {
    const octets = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);
    return range(`${octets.join(".")}/${prefix}`);
  });
}

function range(text: string): AddressRange {
  const parsed = parseAddressRange(text);
  if (parsed === null) throw new Error(`Not a range: ${text}`);
  return parsed;
}
