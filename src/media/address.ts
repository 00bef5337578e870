/** IP addresses as bytes, and which of them lie in a network. Pure: it also runs where there is no node:net. */

/** An address or a network: 4 or 16 bytes, and how many leading bits count. */
export interface Network {
  readonly bytes: readonly number[]
  readonly bits: number
}

/** `10.0.0.0/8`, `::1`, `192.168.1.7`; `undefined` when the text is neither an address nor a network. */
export function parseNetwork(text: string): Network | undefined {
  const [address = '', length, more] = text.split('/')
  const bytes = parseAddress(address)
  if (bytes === undefined || more !== undefined) return undefined
  if (length === undefined) return { bytes, bits: bytes.length * 8 }
  const bits = /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN
  return bits <= bytes.length * 8 ? { bytes, bits } : undefined
}

/** A host name or a bracketed IPv6 address, with or without port. */
const HOST = /^([^\s/:[\]*?#@\\]+|\[[0-9a-f:.]+\])(:\d+)?$/i

/** `minio`, `minio:9000` as a URL spells it; `undefined` for what is no host of a URL. */
export function parseHost(text: string): string | undefined {
  const [, host, port = ''] = HOST.exec(text) ?? []
  if (host === undefined || !URL.canParse(`http://${host}`)) return undefined
  return new URL(`http://${host}`).hostname + port
}

/**
 * The bytes of a dotted IPv4 or of an IPv6 address, brackets and zone allowed. Other spellings of IPv4 (`0x7f.1`,
 * `2130706433`, `127.1`) are what the URL parser has made dotted before. IPv4 inside IPv6 (mapped, translated, NAT64, 6to4) comes
 * back as those 4 bytes, since it leads there.
 */
export function parseAddress(text: string): readonly number[] | undefined {
  const plain = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  if (!plain.includes(':')) return parseIpv4(plain)
  const bytes = parseIpv6(plain)
  return bytes === undefined ? undefined : (embeddedIpv4(bytes) ?? bytes)
}

export function contains({ bytes, bits }: Network, address: readonly number[]): boolean {
  if (bytes.length !== address.length) return false
  return bytes.every((byte, index) => {
    const mask = 0xff & (0xff << (8 - Math.max(0, Math.min(8, bits - index * 8))))
    return (byte & mask) === ((address[index] ?? 0) & mask)
  })
}

function parseIpv4(text: string): readonly number[] | undefined {
  const parts = text.split('.')
  const bytes = parts.map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : Number.NaN))
  return bytes.length === 4 && bytes.every((byte) => byte <= 255) ? bytes : undefined
}

function parseIpv6(text: string): readonly number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':').map(parseGroup)))
  if (head === undefined || [...head, ...(tail ?? [])].includes(undefined)) return undefined
  const before = head.flatMap((group) => group ?? [])
  const after = (tail ?? []).flatMap((group) => group ?? [])
  const gap = 16 - before.length - after.length
  if (tail === undefined ? gap !== 0 : gap < 2) return undefined
  return [...before, ...new Array<number>(gap).fill(0), ...after]
}

/** Two bytes of a hexadecimal group, or four of a dotted ending. */
function parseGroup(group: string): readonly number[] | undefined {
  if (group.includes('.')) return parseIpv4(group)
  if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined
  const value = Number.parseInt(group, 16)
  return [value >> 8, value & 0xff]
}

/** Which of the 16 bytes are an IPv4 address, after which beginning. */
const EMBEDDINGS: readonly { readonly prefix: readonly number[]; readonly at: number }[] = [
  // IPv4-compatible, RFC 4291
  { prefix: zeros(12), at: 12 },
  // IPv4-mapped, RFC 4291
  { prefix: [...zeros(10), 0xff, 0xff], at: 12 },
  // IPv4-translated (SIIT), RFC 2765
  { prefix: [...zeros(8), 0xff, 0xff, 0, 0], at: 12 },
  // NAT64, RFC 6052
  { prefix: [0, 0x64, 0xff, 0x9b, ...zeros(8)], at: 12 },
  // 6to4, RFC 3056
  { prefix: [0x20, 0x02], at: 2 },
]

function embeddedIpv4(bytes: readonly number[]): readonly number[] | undefined {
  const isLoopbackOrNone = bytes.slice(0, 15).every((byte) => byte === 0) && (bytes[15] ?? 0) <= 1
  if (isLoopbackOrNone) return undefined
  const found = EMBEDDINGS.find(({ prefix }) => prefix.every((byte, index) => bytes[index] === byte))
  return found === undefined ? undefined : bytes.slice(found.at, found.at + 4)
}

function zeros(count: number): number[] {
  return new Array<number>(count).fill(0)
}
