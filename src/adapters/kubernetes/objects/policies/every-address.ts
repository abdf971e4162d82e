import ipaddr from "ipaddr.js";

/** Whether ranges, taken together, are every address there is of IPv4 or of IPv6. What is no range adds nothing. */
export function areEveryAddress(cidrs: readonly string[]): boolean {
  const ranges = cidrs.flatMap((cidr) => rangeOf(cidr) ?? []);
  return [32, 128].some((bits) => {
    const inOrder = ranges
      .filter((range) => range.bits === bits)
      .sort((a, b) => (a.first < b.first ? -1 : 1));
    let next = 0n;
    for (const { first, end } of inOrder) {
      if (first > next) return false;
      if (end > next) next = end;
    }
    return next === 1n << BigInt(bits);
  });
}

/** The range a network takes it for: addresses within it stand for all of it, as in `10.0.0.0/0`. */
function rangeOf(
  cidr: string,
): { readonly bits: number; readonly first: bigint; readonly end: bigint } | null {
  if (!ipaddr.isValidCIDR(cidr)) return null;
  const [address, length] = ipaddr.parseCIDR(cidr);
  const bytes = address.toByteArray();
  const bits = bytes.length * 8;
  const size = 1n << BigInt(bits - length);
  const value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const first = value - (value % size);
  return { bits, first, end: first + size };
}
