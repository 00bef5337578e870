/** Half-precision numbers as raw 16-bit patterns (IEEE 754 binary16), for runtimes without `Float16Array`. */

/** Rounds to the nearest half; ties to even, overflow to infinity. */
export function toFloat16(values: Float32Array): Uint16Array {
  const singles = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const halves = new Uint16Array(values.length)
  // A plain loop: `from` with a function takes twice as long.
  for (let i = 0; i < halves.length; i++) halves[i] = half(singles[i] ?? 0)
  return halves
}

export function fromFloat16(values: Uint16Array): Float32Array {
  const singles = new Float32Array(values.length)
  for (let i = 0; i < singles.length; i++) singles[i] = single(values[i] ?? 0)
  return singles
}

function half(bits: number): number {
  const sign = (bits >>> 16) & 0x8000
  const exponent = (bits >>> 23) & 0xff
  const mantissa = bits & 0x7fffff
  if (exponent === 0xff) return sign | 0x7c00 | (mantissa === 0 ? 0 : 0x200)
  const shifted = exponent - 127 + 15
  if (shifted >= 31) return sign | 0x7c00
  // Below the smallest normal half the hidden bit becomes explicit, and more digits fall off.
  const digits = shifted > 0 ? (shifted << 23) | mantissa : mantissa | 0x800000
  const drop = shifted > 0 ? 13 : 14 - shifted
  return drop > 24 ? sign : sign | roundOff(digits, drop)
}

/** Drops the lowest `count` bits, rounding to nearest, ties to even. A carry runs into the exponent, as it should. */
function roundOff(bits: number, count: number): number {
  const kept = bits >>> count
  const rest = bits & ((1 << count) - 1)
  const middle = 1 << (count - 1)
  return rest > middle || (rest === middle && kept % 2 === 1) ? kept + 1 : kept
}

const POWERS = Float64Array.from({ length: 32 }, (_, exponent) => 2 ** (exponent - 15))

function single(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >>> 10) & 0x1f
  const mantissa = bits & 0x3ff
  if (exponent === 0x1f) return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return exponent === 0 ? sign * mantissa * 2 ** -24 : sign * (1 + mantissa / 1024) * (POWERS[exponent] ?? 1)
}
