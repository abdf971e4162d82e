import ipaddr from "ipaddr.js";

export type AddressFamily = "IPv4" | "IPv6";

/** A block of addresses, both ends included. */
export interface AddressRange {
  readonly text: string;
  readonly family: AddressFamily;
  readonly first: bigint;
  readonly last: bigint;
}

const bits: Readonly<Record<AddressFamily, number>> = { IPv4: 32, IPv6: 128 };

/** Reads a CIDR range or single address; null for anything a reader could take for another range than Azure does. */
export function parseAddressRange(text: string): AddressRange | null {
  const [, address, prefix] = /^([^/]+)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text.trim()) ?? [];
  if (address === undefined) return null;

  const family = familyOf(address);
  if (family === null) return null;
  const length = prefix === undefined ? bits[family] : Number(prefix);
  if (length > bits[family]) return null;

  const size = 1n << BigInt(bits[family] - length);
  const value = toBigInt(ipaddr.parse(address).toByteArray());
  const first = value - (value % size);
  return { text, family, first, last: first + size - 1n };
}

/** True when the ranges together hold every address of the family. */
export function coversFamily(ranges: readonly AddressRange[], family: AddressFamily): boolean {
  const inOrder = ranges
    .filter((range) => range.family === family)
    .sort((a, b) => (a.first < b.first ? -1 : 1));
  let next = 0n;
  for (const { first, last } of inOrder) {
    if (first > next) return false;
    if (last >= next) next = last + 1n;
  }
  return next === 1n << BigInt(bits[family]);
}

/** Octal, hexadecimal and shortened IPv4 is read differently by different programs; so are mapped and zoned IPv6. */
function familyOf(address: string): AddressFamily | null {
  if (/^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/.test(address) && ipaddr.IPv4.isValid(address))
    return "IPv4";
  if (address.includes("%") || !ipaddr.IPv6.isValid(address)) return null;
  return ipaddr.IPv6.parse(address).isIPv4MappedAddress() ? null : "IPv6";
}

function toBigInt(bytes: readonly number[]): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}
