/** Where the made-up company sits: addresses that are set aside for documentation (RFC 5737, RFC 3849). */
export const officeRange = "203.0.113.0/24";
export const vpnRange = "198.51.100.16/28";
export const officeRangeV6 = "2001:db8:42::/48";
/** Wider than any office: set aside for tests between networks (RFC 2544). */
export const providerRange = "198.18.0.0/15";
