/** Hand-made EXIF for tests: blocks that no encoder writes. */

import { crc32 } from 'node:zlib'

/** A TIFF structure whose only entry is the orientation. */
export function exifBlock(orientation: number, { bigEndian = false, directoryAt = 8, type = 3 } = {}): Buffer {
  const block = Buffer.alloc(directoryAt + 18)
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength)
  const little = !bigEndian
  block.write(bigEndian ? 'MM' : 'II')
  view.setUint16(2, 42, little)
  view.setUint32(4, directoryAt, little)
  view.setUint16(directoryAt, 1, little)
  view.setUint16(directoryAt + 2, 0x112, little)
  view.setUint16(directoryAt + 4, type, little)
  view.setUint32(directoryAt + 6, 1, little)
  if (type === 3) view.setUint16(directoryAt + 10, orientation, little)
  else view.setUint32(directoryAt + 10, orientation, little)
  return block
}

/** The JPEG with APP1 segments put in front of everything else. */
export function withSegments(jpeg: Buffer, ...payloads: Buffer[]): Buffer {
  const segments = payloads.map((payload) => {
    const head = Buffer.from([0xff, 0xe1, 0, 0])
    head.writeUInt16BE(payload.length + 2, 2)
    return Buffer.concat([head, payload])
  })
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])
}

export function exifPayload(block: Buffer): Buffer {
  return Buffer.concat([Buffer.from('Exif\0\0'), block])
}

/** A PNG chunk. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(data.length, 0)
  body.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(body), body.length + 4)
  return chunk
}
