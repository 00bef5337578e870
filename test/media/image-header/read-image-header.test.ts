import fc from 'fast-check'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { PrelabelError } from '../../../src/errors.js'
import { readImageHeader } from '../../../src/media/index.js'
import { exifBlock, exifPayload, pngChunk, withSegments } from './exif-block.js'

/** What a browser does with the orientation: measured in Chromium, as `naturalWidth` and `naturalHeight`. */
const SIDEWAYS = [5, 6, 7, 8]
const ORIENTATIONS = [1, 2, 3, 4, ...SIDEWAYS]

const picture = () => sharp({ create: { width: 40, height: 30, channels: 3, background: '#c80a32' } })
const size = (bytes: Uint8Array) => {
  const { width, height } = readImageHeader(bytes, 'test')
  return `${width}x${height}`
}
const shown = (orientation: number) => (SIDEWAYS.includes(orientation) ? '30x40' : '40x30')

describe('the frames of an animation', () => {
  const noise = (pageCount: number) => {
    const data = Buffer.from(Array.from({ length: 20 * 15 * pageCount * 3 }, (_, index) => (index * 7919) % 256))
    return sharp(data, { raw: { width: 20, height: 15 * pageCount, channels: 3, pageHeight: 15 } })
  }
  const framesOf = (bytes: Uint8Array) => readImageHeader(bytes, 'test').frames

  it.each([2, 3, 40])('are counted in GIF and WebP: %i', async (count) => {
    for (const options of [{}, { loop: 1, delay: 20 }, { interFrameMaxError: 0 }]) {
      const gif = await noise(count).gif(options).toBuffer()
      expect((await sharp(gif, { animated: true }).metadata()).pages).toBe(count)
      expect(readImageHeader(gif, 'test')).toMatchObject({ width: 20, height: 15, frames: count })
    }
    for (const options of [{}, { lossless: true }, { minSize: true }]) {
      const webp = await noise(count).webp(options).toBuffer()
      expect((await sharp(webp, { animated: true }).metadata()).pages).toBe(count)
      expect(readImageHeader(webp, 'test')).toMatchObject({ width: 20, height: 15, frames: count })
    }
  })

  it('are told of an animated PNG whose control chunk comes before the pixels', async () => {
    const png = await picture().png().toBuffer()
    const control = (frames: number) => {
      const payload = Buffer.alloc(8)
      payload.writeUInt32BE(frames)
      return pngChunk('acTL', payload)
    }
    const insertedAt = (offset: number, chunk: Buffer) =>
      Buffer.concat([png.subarray(0, offset), chunk, png.subarray(offset)])
    expect(framesOf(insertedAt(33, control(5)))).toBe(5)
    expect(framesOf(insertedAt(33, control(1)))).toBeUndefined()
    expect(framesOf(insertedAt(png.length - 12, control(5)))).toBeUndefined()
  })

  it('are not there in a still picture', async () => {
    const still = [
      picture().gif(),
      picture().webp(),
      picture().png(),
      picture().jpeg(),
      picture().withMetadata().webp(),
    ]
    for (const one of still) expect(readImageHeader(await one.toBuffer(), 'test')).not.toHaveProperty('frames')
  })

  it('are those before it where a file is cut off', async () => {
    const gif = await noise(4).gif().toBuffer()
    const counts = Array.from({ length: gif.length - 10 }, (_, cut) => framesOf(gif.subarray(0, cut + 10)) ?? 1)
    expect(counts.at(-1)).toBe(4)
    expect(counts).toEqual([...counts].sort((a, b) => a - b))
  })
})

describe('the size that Chromium shows', () => {
  let jpeg: Buffer
  let png: Buffer

  beforeAll(async () => {
    jpeg = await picture().jpeg().toBuffer()
    png = await picture().png().toBuffer()
  })

  it.each(ORIENTATIONS)('is turned for JPEG, PNG and AVIF: orientation %i', async (orientation) => {
    const marked = () => picture().withMetadata({ orientation })
    const files = {
      jpeg: await marked().jpeg().toBuffer(),
      progressive: await marked().jpeg({ progressive: true }).toBuffer(),
      png: await marked().png().toBuffer(),
      avif: await marked().avif({ effort: 0 }).toBuffer(),
      tiff: await marked().tiff().toBuffer(),
    }
    for (const [name, bytes] of Object.entries(files)) expect(size(bytes), name).toBe(shown(orientation))
    expect(readImageHeader(files.jpeg, 'test')).toMatchObject({ orientation, format: 'jpeg' })
    expect(readImageHeader(files.png, 'test')).toMatchObject({ orientation, format: 'png' })
    expect(readImageHeader(files.avif, 'test')).toMatchObject({ orientation: 1, format: 'avif' })
  })

  it('is not turned for WebP', async () => {
    for (const options of [{}, { lossless: true }]) {
      const bytes = await picture().withMetadata({ orientation: 6 }).webp(options).toBuffer()
      expect(readImageHeader(bytes, 'test')).toEqual({ width: 40, height: 30, orientation: 1, format: 'webp' })
    }
    expect(size(await picture().webp().toBuffer())).toBe('40x30')
    expect(size(await picture().webp({ lossless: true }).toBuffer())).toBe('40x30')
  })

  it('is that of one frame of an animation', async () => {
    const frames = sharp({ create: { width: 20, height: 30, channels: 3, background: 'red', pageHeight: 15 } })
    expect(size(await frames.gif().toBuffer())).toBe('20x15')
  })

  // Measured in Chromium, as naturalWidth and naturalHeight.
  it.each([
    [[10, 10], [0, 0], '40x30'],
    [[0, 0], [0, 0], '40x30'],
    [[10, 10], [5, 7], '45x37'],
    [[50, 10], [0, 0], '50x30'],
    [[40, 10], [8, 0], '48x30'],
    [[0, 60], [2, 0], '42x60'],
    [[60, 50], [3, 3], '60x50'],
  ] as const)(
    'of a GIF with a screen of %j whose first picture is at %j, is %s',
    async (screen, [left, top], shown) => {
      const gif = await picture().gif().toBuffer()
      const first = gif.indexOf(Buffer.from([0x2c, 0, 0, 0, 0, 40, 0, 30, 0]))
      gif.writeUInt16LE(screen[0], 6)
      gif.writeUInt16LE(screen[1], 8)
      gif.writeUInt16LE(left, first + 1)
      gif.writeUInt16LE(top, first + 3)
      expect(size(gif)).toBe(shown)
    },
  )

  it('heeds EXIF of either byte order, anywhere in the block, behind other segments and fill bytes', () => {
    const xmp = Buffer.from('http://ns.adobe.com/xap/1.0/\0<x/>')
    expect(size(withSegments(jpeg, exifPayload(exifBlock(6, { bigEndian: true }))))).toBe('30x40')
    expect(size(withSegments(jpeg, exifPayload(exifBlock(6, { directoryAt: 16 }))))).toBe('30x40')
    expect(size(withSegments(jpeg, xmp, exifPayload(exifBlock(6))))).toBe('30x40')
    const sideways = withSegments(jpeg, exifPayload(exifBlock(6)))
    expect(size(Buffer.concat([sideways.subarray(0, 2), Buffer.from([255, 255]), sideways.subarray(2)]))).toBe('30x40')
  })

  it('heeds the first EXIF block alone, and no value that is none', () => {
    expect(size(withSegments(jpeg, exifPayload(exifBlock(6)), exifPayload(exifBlock(1))))).toBe('30x40')
    expect(size(withSegments(jpeg, exifPayload(exifBlock(1)), exifPayload(exifBlock(6))))).toBe('40x30')
    expect(size(withSegments(jpeg, exifPayload(exifBlock(9))))).toBe('40x30')
    expect(size(withSegments(jpeg, exifPayload(exifBlock(0))))).toBe('40x30')
    expect(size(withSegments(jpeg, exifPayload(exifBlock(6, { type: 4 }))))).toBe('40x30')
  })

  it('heeds an eXIf chunk before the pixels, not after them', () => {
    const chunk = pngChunk('eXIf', exifBlock(6))
    const end = png.length - 12
    expect(size(Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]))).toBe('30x40')
    expect(size(Buffer.concat([png.subarray(0, end), chunk, png.subarray(end)]))).toBe('40x30')
  })

  it('is read from either kind of BMP, upside down or not', () => {
    const bmp = (headerSize: number, write: (view: DataView) => void) => {
      const view = new DataView(new ArrayBuffer(54))
      view.setUint16(0, 0x424d)
      view.setUint32(14, headerSize, true)
      write(view)
      return new Uint8Array(view.buffer)
    }
    const upsideDown = bmp(40, (view) => {
      view.setInt32(18, 40, true)
      view.setInt32(22, -30, true)
    })
    const core = bmp(12, (view) => {
      view.setUint16(18, 40, true)
      view.setUint16(20, 30, true)
    })
    expect(size(upsideDown)).toBe('40x30')
    expect(size(core)).toBe('40x30')
  })
})

describe('what is no picture', () => {
  it.each([
    ['an empty file', '', /is empty/],
    ['a login page', '<!DOCTYPE html><html>', /a web page/],
    ['a drawing', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', /SVG/],
    ['something else', '{"detail": "not found"}', /no picture/],
    ['a signature alone', 'GIF89a', /cut off/],
  ])('%s is refused', (_, content, message) => {
    expect(() => readImageHeader(Buffer.from(content), 'x')).toThrow(message)
  })

  it('is refused with a coded error wherever a file is cut or bytes are changed', async () => {
    const marked = () => picture().withMetadata({ orientation: 6 })
    const files = await Promise.all([
      marked().jpeg().toBuffer(),
      marked().png().toBuffer(),
      marked().webp().toBuffer(),
      marked().avif({ effort: 0 }).toBuffer(),
      marked().tiff().toBuffer(),
      marked().gif().toBuffer(),
    ])
    const damage = fc.record({
      file: fc.constantFrom(...files),
      length: fc.nat(2000),
      at: fc.nat(400),
      byte: fc.nat(255),
    })
    fc.assert(
      fc.property(damage, ({ file, length, at, byte }) => {
        const bytes = Uint8Array.from(file.subarray(0, length))
        bytes[at] = byte
        try {
          expect(readImageHeader(bytes, 'x').width).toBeGreaterThan(0)
        } catch (error) {
          expect(PrelabelError.isInstance(error) && error.code).toBe('media-not-an-image')
        }
      }),
      { numRuns: 2000 },
    )
  })
})
