/** The first directory of a TIFF structure: EXIF blocks and TIFF files alike. */

const SHORT = 3
const LONG = 4
const ORIENTATION = 0x0112
const IMAGE_WIDTH = 0x0100
const IMAGE_LENGTH = 0x0101

/** EXIF orientation 1..8; 1 when the block does not say, or says something else. */
export function readOrientation(block: DataView): number {
  try {
    const { type, value } = readDirectory(block).get(ORIENTATION) ?? { type: 0, value: 0 }
    return type === SHORT && value >= 1 && value <= 8 ? value : 1
  } catch (error) {
    if (error instanceof RangeError) return 1
    throw error
  }
}

/** Width and height as stored. @throws RangeError when the structure is cut off */
export function readTiffSize(block: DataView): { readonly width: number; readonly height: number } {
  const directory = readDirectory(block)
  return { width: directory.get(IMAGE_WIDTH)?.value ?? 0, height: directory.get(IMAGE_LENGTH)?.value ?? 0 }
}

/** Single SHORT and LONG values by tag. */
function readDirectory(block: DataView): Map<number, { readonly type: number; readonly value: number }> {
  const order = block.getUint16(0)
  const little = order === 0x4949
  if ((!little && order !== 0x4d4d) || block.getUint16(2, little) !== 42) return new Map()
  const start = block.getUint32(4, little)
  const entries = new Map<number, { type: number; value: number }>()
  for (let index = 0; index < block.getUint16(start, little); index++) {
    const entry = start + 2 + index * 12
    const type = block.getUint16(entry + 2, little)
    if (block.getUint32(entry + 4, little) !== 1 || (type !== SHORT && type !== LONG)) continue
    const value = type === SHORT ? block.getUint16(entry + 8, little) : block.getUint32(entry + 8, little)
    entries.set(block.getUint16(entry, little), { type, value })
  }
  return entries
}
