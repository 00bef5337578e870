/** Small media as data URIs, so that a task needs no other server. */

import { encode } from 'fast-png'

/** A grey picture. */
export function pictureUri(width: number, height: number): string {
  const data = new Uint8Array(width * height).fill(160)
  return dataUri('image/png', encode({ width, height, data, channels: 1, depth: 8 }))
}

/** A quiet hum, 16-bit mono. */
export function soundUri(seconds: number): string {
  const rate = 8000
  const samples = Math.round(seconds * rate)
  const wav = Buffer.alloc(44 + samples * 2)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(36 + samples * 2, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(rate, 24)
  wav.writeUInt32LE(rate * 2, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(samples * 2, 40)
  for (let index = 0; index < samples; index++)
    wav.writeInt16LE(Math.round(3000 * Math.sin(index / 20)), 44 + index * 2)
  return dataUri('audio/wav', wav)
}

function dataUri(type: string, bytes: Uint8Array): string {
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
}
