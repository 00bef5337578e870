/** AVIF and HEIC: ISO/IEC 23008-12. The size of the primary item, after its own turn (`irot`). */

import { ascii, type ImageHeader } from './image-header.js'

interface Box {
  readonly type: string
  /** Of the payload. */
  readonly start: number
  readonly end: number
}

/** @throws RangeError when it is cut off before its size, or has none */
export function readIsobmff(view: DataView): ImageHeader {
  const meta = need(find(boxes(view, 0, view.byteLength), 'meta'))
  const inMeta = boxes(view, meta.start + 4, meta.end)
  const iprp = boxes(view, ...rangeOf(need(find(inMeta, 'iprp'))))
  const ipco = boxes(view, ...rangeOf(need(find(iprp, 'ipco'))))
  const owned = propertiesOf(view, need(find(iprp, 'ipma')), primaryItem(view, need(find(inMeta, 'pitm'))))
  const properties = owned.flatMap((index) => ipco[index - 1] ?? [])
  const size = need(find(properties, 'ispe'))
  const width = view.getUint32(size.start + 4)
  const height = view.getUint32(size.start + 8)
  const turn = find(properties, 'irot')
  const isOnItsSide = turn !== undefined && view.getUint8(turn.start) % 2 === 1
  const format = ascii(view, 8, 11) === 'avi' ? 'avif' : 'heif'
  return { width: isOnItsSide ? height : width, height: isOnItsSide ? width : height, orientation: 1, format }
}

function boxes(view: DataView, from: number, to: number): readonly Box[] {
  const found: Box[] = []
  for (let at = from; at + 8 <= to; ) {
    const short = view.getUint32(at)
    const length = short === 0 ? to - at : short === 1 ? Number(view.getBigUint64(at + 8)) : short
    const start = at + (short === 1 ? 16 : 8)
    if (at + length < start) break
    found.push({ type: ascii(view, at + 4, at + 8), start, end: Math.min(at + length, to) })
    at += length
  }
  return found
}

function primaryItem(view: DataView, { start }: Box): number {
  return view.getUint8(start) === 0 ? view.getUint16(start + 4) : view.getUint32(start + 4)
}

/** The 1-based indices of an item's properties. */
function propertiesOf(view: DataView, { start }: Box, item: number): readonly number[] {
  const isLongId = view.getUint8(start) >= 1
  const isLongIndex = (view.getUint8(start + 3) & 1) === 1
  let at = start + 8
  for (let entries = view.getUint32(start + 4); entries > 0; entries--) {
    const id = isLongId ? view.getUint32(at) : view.getUint16(at)
    at += isLongId ? 4 : 2
    const count = view.getUint8(at++)
    const width = isLongIndex ? 2 : 1
    if (id === item) {
      return Array.from({ length: count }, (_, index) =>
        isLongIndex ? view.getUint16(at + index * 2) & 0x7fff : view.getUint8(at + index) & 0x7f,
      )
    }
    at += count * width
  }
  return []
}

function find(list: readonly Box[], type: string): Box | undefined {
  return list.find((box) => box.type === type)
}

function rangeOf({ start, end }: Box): [number, number] {
  return [start, end]
}

function need(box: Box | undefined): Box {
  if (box === undefined) throw new RangeError('a box is missing')
  return box
}
