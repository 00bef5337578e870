import { PrelabelError } from '../../errors.js'
import { importOptional } from '../../import-optional.js'
import { readPng } from '../../media/image-header/png.js'
import { decodeBmp, isBmp, readBmpHeader } from './bmp.js'
import { hasInks, rgbOfInks } from './inks.js'
import type { Pixels } from './pixels.js'
import type { PictureHeader, SharpLibrary, SharpPicture } from './sharp-library.js'

/** Limits and parts of {@link decodePicture}. */
export interface DecodeOptions {
  /** A picture of more pixels is refused before it is decoded. @default 100 million */
  readonly maxPixels?: number
  /** The imported `sharp`, for those who bundle it or bring another build. */
  readonly lib?: SharpLibrary
}

const MAX_PIXELS = 100_000_000
const DRAWN = new Set(['svg', 'pdf'])
/** How files begin that hold one picture of pixels, whatever else they say: but a PNG may go on to be an animation. */
const JPEG = [0xff, 0xd8, 0xff]
const PNG = [0x89, 0x50, 0x4e, 0x47]
/** Bytes of a PNG up to the end of its first chunk, which tells its size. */
const PNG_SIZE = 33

/**
 * Decodes a picture to 8-bit RGB, turned as a browser shows it. Alpha is dropped, not blended (what is under transparent pixels
 * shows); grey, palette and 16-bit pictures and JPEGs of four inks become 8-bit RGB; colour profiles are ignored. So the pixels
 * are those that OpenCV's `imread` gives, up to the rounding of JPEG decoders, but of a TIFF of four inks. Of a TIFF with
 * several pages the first counts.
 *
 * JPEG, PNG, WebP, AVIF, TIFF, still GIF, and BMP without compression are read; HEIC is not.
 *
 * Decoding runs on threads of its own, so several pictures decode at once while JavaScript goes on.
 *
 * @throws PrelabelError `missing-package`, `picture-undecodable`, `picture-too-large`, `picture-animated`,
 *   `picture-not-pixels`
 */
export async function decodePicture(bytes: Uint8Array, options: DecodeOptions = {}): Promise<Pixels> {
  const { maxPixels = MAX_PIXELS } = options
  if (isBmp(bytes)) return bmpPixels(bytes, maxPixels)
  const sharp = await loadSharp(options.lib)
  const open = (limitInputPixels: number | false) =>
    sharp(bytes, { failOn: 'error', ignoreIcc: true, limitInputPixels })
  try {
    const isPng = begins(bytes, PNG)
    if (isPng && bytes.length > PNG_SIZE)
      checkFrames(readPng(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)).frames)
    if ((isPng || begins(bytes, JPEG)) && Number.isSafeInteger(maxPixels) && maxPixels > 0) {
      // The decoder keeps the limit; a trip of its own for the header is made only to say why a picture is refused.
      return await pixelsOf(bytes, open(maxPixels).autoOrient()).catch(async (cause) => {
        await checkedHeader(open(false), maxPixels)
        throw cause
      })
    }
    const picture = open(false)
    const { format } = await checkedHeader(picture, maxPixels)
    // Browsers leave WebP as it is, whatever its EXIF says; people and models must see the same picture.
    return await pixelsOf(bytes, format === 'webp' ? picture : picture.autoOrient())
  } catch (cause) {
    if (PrelabelError.isInstance(cause)) throw cause
    throw undecodable(cause)
  }
}

/** The library that decodes, for those who decode often. @throws PrelabelError `missing-package` */
export function loadSharp(lib: SharpLibrary | undefined): Promise<SharpLibrary> {
  return importOptional<SharpLibrary>('prelabel/inference', 'sharp', lib, async () => (await import('sharp')).default)
}

function begins(bytes: Uint8Array, beginning: readonly number[]): boolean {
  return beginning.every((byte, i) => bytes[i] === byte)
}

async function pixelsOf(bytes: Uint8Array, picture: SharpPicture): Promise<Pixels> {
  if (!hasInks(bytes)) return rawBytes(picture.toColourspace('srgb').removeAlpha())
  return rgbOfInks(await rawBytes(picture.pipelineColourspace('cmyk').toColourspace('cmyk')))
}

function bmpPixels(bytes: Uint8Array, maxPixels: number): Pixels {
  try {
    const header = readBmpHeader(bytes)
    checkSize(header, maxPixels)
    return decodeBmp(bytes, header)
  } catch (cause) {
    throw PrelabelError.isInstance(cause) ? cause : undecodable(cause)
  }
}

async function rawBytes(picture: SharpPicture): Promise<Pixels> {
  const { data, info } = await picture.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}

async function checkedHeader(picture: SharpPicture, maxPixels: number): Promise<PictureHeader> {
  const metadata = await picture.metadata()
  const { format, pages } = metadata
  if (DRAWN.has(format))
    throw new PrelabelError(`The picture is ${format}, which has no pixels of its own`, {
      code: 'picture-not-pixels',
      hint: 'Render it to PNG or JPEG first, so that model and annotator see the same pixels.',
    })
  checkSize(metadata, maxPixels)
  if (format === 'gif' || format === 'webp') checkFrames(pages)
  return metadata
}

function checkFrames(frames = 1): void {
  if (frames <= 1) return
  throw new PrelabelError(`The picture is an animation of ${frames} frames`, {
    code: 'picture-animated',
    hint: 'Give each frame as a picture of its own, or the whole as a video.',
  })
}

function checkSize({ width, height }: Pick<PictureHeader, 'width' | 'height'>, maxPixels: number): void {
  if (width * height <= maxPixels) return
  throw new PrelabelError(`The picture has ${width}×${height} pixels, more than the allowed ${maxPixels}`, {
    code: 'picture-too-large',
    hint: 'Raise `maxPixels` or scale the picture down.',
  })
}

function undecodable(cause: unknown): PrelabelError {
  const reason = cause instanceof Error ? cause.message.split('\n', 1).join('') : String(cause)
  return new PrelabelError(`The picture cannot be decoded: ${reason}`, {
    code: 'picture-undecodable',
    hint: 'The file is damaged, cut short, or of a kind that is not read, such as HEIC or a compressed BMP: convert it to JPEG or PNG.',
    cause,
  })
}
