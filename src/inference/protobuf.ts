import { PrelabelError } from '../errors.js'

/** One field of a protobuf message: a number for varints, bytes for everything with a length. */
export type ProtobufField =
  | { readonly number: number; readonly kind: 'varint'; readonly value: number }
  | { readonly number: number; readonly kind: 'bytes'; readonly value: Uint8Array }

const VARINT = 0
const FIXED_64 = 1
const BYTES = 2
const FIXED_32 = 5

/**
 * The fields of one protobuf message in their order, without a schema; fixed-width fields are passed over, and nested
 * messages come as bytes, to be read in turn. Varints above 2^53 lose their last digits.
 *
 * Format: https://protobuf.dev/programming-guides/encoding/
 *
 * @throws PrelabelError `invalid-protobuf`
 */
export function* protobufFields(message: Uint8Array): Generator<ProtobufField> {
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let scale = 1; scale <= 2 ** 63; scale *= 128) {
      const byte = message[at++]
      if (byte === undefined) throw invalid('it ends within a number')
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
    throw invalid('a number is longer than ten bytes')
  }
  const skip = (length: number): Uint8Array => {
    if (at + length > message.length) throw invalid('a field is longer than the message')
    at += length
    return message.subarray(at - length, at)
  }
  while (at < message.length) {
    const key = varint()
    const number = Math.floor(key / 8)
    const wireType = key % 8
    if (number === 0) throw invalid('a field has the number 0')
    if (wireType === VARINT) yield { number, kind: 'varint', value: varint() }
    else if (wireType === BYTES) yield { number, kind: 'bytes', value: skip(varint()) }
    else if (wireType === FIXED_64) skip(8)
    else if (wireType === FIXED_32) skip(4)
    else throw invalid(`a field is of wire type ${wireType}`)
  }
}

function invalid(reason: string): PrelabelError {
  return new PrelabelError(`This is no protobuf message: ${reason}`, { code: 'invalid-protobuf' })
}
