import { readFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { decodePicture } from '../../../src/inference/pictures/decode.js'

const red = { create: { width: 4, height: 2, channels: 3, background: '#ff0000' } } as const
const pixel = (data: Uint8Array, at: number) => [...data.subarray(at * 3, at * 3 + 3)]

describe('decodePicture', () => {
  it.each(['png', 'webp', 'tiff', 'gif', 'avif'] as const)('reads %s', async (format) => {
    const { width, height, data } = await decodePicture(await sharp(red).toFormat(format).toBuffer())
    expect([width, height, data.length]).toEqual([4, 2, 24])
    expect(data[0]).toBeGreaterThan(250)
    expect(data[1]).toBeLessThan(5)
  })

  it('turns the picture as EXIF says', async () => {
    const turned = await sharp(red).jpeg().withMetadata({ orientation: 6 }).toBuffer()
    expect(await decodePicture(turned)).toMatchObject({ width: 2, height: 4 })
  })

  it('leaves WebP unturned, as browsers show it', async () => {
    const unturned = await sharp(red).webp().withMetadata({ orientation: 6 }).toBuffer()
    expect(await decodePicture(unturned)).toMatchObject({ width: 4, height: 2 })
  })

  it('makes three channels of a grey picture and of a palette', async () => {
    const grey = await sharp({ create: { width: 3, height: 3, channels: 3, background: '#808080' } })
      .greyscale()
      .png()
      .toBuffer()
    const palette = await sharp(red).png({ palette: true }).toBuffer()
    expect(pixel((await decodePicture(grey)).data, 4)).toEqual([128, 128, 128])
    expect(pixel((await decodePicture(palette)).data, 4)).toEqual([255, 0, 0])
  })

  it('drops alpha and keeps the colour under it', async () => {
    const raw = Buffer.from([10, 20, 30, 0, 40, 50, 60, 255])
    const png = await sharp(raw, { raw: { width: 2, height: 1, channels: 4 } })
      .png()
      .toBuffer()
    expect([...(await decodePicture(png)).data]).toEqual([10, 20, 30, 40, 50, 60])
  })

  it('keeps the high byte of 16-bit pictures', async () => {
    const raw = Uint16Array.from([0x1234, 0xabcd, 0xffff])
    const png = await sharp(raw, { raw: { width: 1, height: 1, channels: 3 } })
      .toColourspace('rgb16')
      .png()
      .toBuffer()
    expect([...(await decodePicture(png)).data]).toEqual([0x12, 0xab, 0xff])
  })

  it.each(['cmyk', 'cmyk-without-adobe', 'cmyk-turned', 'ycck'])(
    "reads a photo of inks as OpenCV's imread: %s",
    async (name) => {
      const [ours, theirs] = await Promise.all(
        ['jpg', 'png'].map(async (form) =>
          decodePicture(await readFile(`test/inference/pictures/recorded/${name}.${form}`)),
        ),
      )
      expect([ours?.width, ours?.height]).toEqual([theirs?.width, theirs?.height])
      const off = Array.from(ours?.data ?? [], (byte, i) => Math.abs(byte - (theirs?.data[i] ?? 0)))
      // Builds of libjpeg may round differently.
      expect(Math.max(...off)).toBeLessThanOrEqual(1)
    },
  )

  it.each(['1', '4', '8', '24', '24-downward', '32', 'os2'])("reads a BMP as OpenCV's imread: %s", async (name) => {
    const [ours, theirs] = await Promise.all(
      ['bmp', 'png'].map(async (form) =>
        decodePicture(await readFile(`test/inference/pictures/recorded/bmp-${name}.${form}`)),
      ),
    )
    expect([ours?.width, ours?.height]).toEqual([theirs?.width, theirs?.height])
    expect(Buffer.from(ours?.data ?? []).equals(Buffer.from(theirs?.data ?? []))).toBe(true)
  })

  it('refuses a BMP that is cut short, compressed or too large', async () => {
    const bmp = await readFile('test/inference/pictures/recorded/bmp-24.bmp')
    const compressed = Buffer.from(bmp)
    compressed.writeUInt32LE(1, 30)
    for (const bytes of [bmp.subarray(0, 60), bmp.subarray(0, -1), compressed])
      await expect(decodePicture(bytes)).rejects.toMatchObject({ code: 'picture-undecodable' })
    await expect(decodePicture(bmp, { maxPixels: 10 })).rejects.toMatchObject({ code: 'picture-too-large' })
  })

  it('refuses what is no picture, is cut short or empty', async () => {
    const jpeg = await readFile('examples/photos/cat.jpg')
    for (const bytes of [Buffer.from('<html></html>'), new Uint8Array(), jpeg.subarray(0, 20_000)])
      await expect(decodePicture(bytes)).rejects.toMatchObject({ code: 'picture-undecodable' })
  })

  it('refuses drawings and animations', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    const frames = await sharp(
      Buffer.alloc(
        4 * 8 * 3,
        Uint8Array.from({ length: 96 }, (_, i) => i * 2),
      ),
      { raw: { width: 4, height: 8, channels: 3, pageHeight: 4 } },
    )
      .gif({ loop: 0, delay: [1, 1] })
      .toBuffer()
    await expect(decodePicture(svg)).rejects.toMatchObject({ code: 'picture-not-pixels' })
    expect((await sharp(frames).metadata()).pages).toBe(2)
    await expect(decodePicture(frames)).rejects.toMatchObject({ code: 'picture-animated' })
  })

  it('refuses an animated PNG, whose decoders show its first picture alone', async () => {
    const png = await sharp(red).png().toBuffer()
    const control = (frames: number) => {
      const chunk = Buffer.alloc(20)
      chunk.writeUInt32BE(8)
      chunk.write('acTL', 4)
      chunk.writeUInt32BE(frames, 8)
      chunk.writeUInt32BE(crc32(chunk.subarray(4, 16)), 16)
      return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)])
    }
    await expect(decodePicture(control(3))).rejects.toMatchObject({
      code: 'picture-animated',
      message: 'The picture is an animation of 3 frames',
    })
    expect(await decodePicture(control(1))).toMatchObject({ width: 4, height: 2 })
    for (const length of [8, 20, 33, 40])
      await expect(decodePicture(png.subarray(0, length))).rejects.toMatchObject({ code: 'picture-undecodable' })
  })

  it('refuses a bomb before it is decoded', async () => {
    const bomb = await sharp({ create: { width: 12_000, height: 10_000, channels: 3, background: '#000' } })
      .png()
      .toBuffer()
    expect(bomb.length).toBeLessThan(1_000_000)
    await expect(decodePicture(bomb)).rejects.toMatchObject({
      code: 'picture-too-large',
      message: 'The picture has 12000×10000 pixels, more than the allowed 100000000',
    })
  })
})
