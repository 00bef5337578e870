/** The header of a picture, read without decoding it. What counts is the size that Chromium shows. */

import { PrelabelError } from '../../errors.js'
import { readOrientation, readTiffSize } from './exif.js'
import { readGif } from './gif.js'
import { ascii, type ImageHeader, turned } from './image-header.js'
import { readIsobmff } from './isobmff.js'
import { readJpeg } from './jpeg.js'
import { readPng } from './png.js'
import { readWebp } from './webp.js'

const FORMATS: readonly { readonly starts: RegExp; readonly read: (view: DataView) => ImageHeader }[] = [
  { starts: /^\xff\xd8\xff/, read: readJpeg },
  { starts: /^\x89PNG\r\n/, read: readPng },
  { starts: /^RIFF.{4}WEBP/s, read: readWebp },
  { starts: /^GIF8[79]a/, read: readGif },
  { starts: /^.{4}ftyp(avif|avis|mif1|heic|heix)/s, read: readIsobmff },
  { starts: /^BM.{12}/s, read: readBmp },
  { starts: /^(II\*\0|MM\0\*)/, read: readTiff },
]
const LONGEST_START = 16

/**
 * Size after the turn, orientation, format and frames of a JPEG, PNG, WebP, GIF, AVIF, HEIC, BMP or TIFF.
 *
 * @param subject what is read, for the message
 * @throws PrelabelError `media-not-an-image` for anything else, and when the file is cut off before its size
 */
export function readImageHeader(bytes: Uint8Array, subject: string): ImageHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = ascii(view, 0, Math.min(LONGEST_START, bytes.length))
  const format = FORMATS.find(({ starts }) => starts.test(start))
  if (format === undefined) throw notAnImage(bytes, subject)
  try {
    const header = format.read(view)
    if (header.width > 0 && header.height > 0) return header
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  throw new PrelabelError(`${subject} is a picture cut off before its size, or broken`, {
    code: 'media-not-an-image',
    hint: 'Open it in a browser; if it shows there, upload it again.',
  })
}

/** Rows may run downwards: then the height is negative. A 12-byte header is that of OS/2. */
function readBmp(view: DataView): ImageHeader {
  const isCore = view.getUint32(14, true) === 12
  if (isCore) return turned('bmp', view.getUint16(18, true), view.getUint16(20, true), 1)
  return turned('bmp', view.getInt32(18, true), Math.abs(view.getInt32(22, true)), 1)
}

function readTiff(view: DataView): ImageHeader {
  const { width, height } = readTiffSize(view)
  return turned('tiff', width, height, readOrientation(view))
}

function notAnImage(bytes: Uint8Array, subject: string): PrelabelError {
  const start = new TextDecoder().decode(bytes.subarray(0, 1000)).trimStart()
  if (/^<(!doctype html|html|head)/i.test(start)) {
    return new PrelabelError(`${subject} is a web page, not a picture`, {
      code: 'media-not-an-image',
      hint: 'The server answers with a page, usually its login: check the URL and the token.',
    })
  }
  const found =
    bytes.length === 0 ? 'empty' : /<svg[\s>]/i.test(start) ? 'a drawing (SVG) without pixels' : 'no picture'
  return new PrelabelError(`${subject} is ${found}`, {
    code: 'media-not-an-image',
    hint: 'Pictures are JPEG, PNG, WebP, GIF, AVIF, HEIC, BMP and TIFF files.',
  })
}
