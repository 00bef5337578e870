import { parseXml, type XmlElement } from '@rgrove/parse-xml'
import { PrelabelError } from '../../errors.js'
import type { Detection } from '../findings.js'
import type { ImportedImage } from './imported-image.js'

export interface ReadPascalVocOptions {
  /** What the tool calls the first pixel: 1 as in the original data sets, whose boxes hold both ends, or 0. @default 1 */
  readonly firstPixel?: 0 | 1
}

/**
 * A Pascal VOC annotation file → findings.
 *
 * @throws PrelabelError `broken-pascal-voc` with the path of what is missing
 */
export function readPascalVoc(xml: string, { firstPixel = 1 }: ReadPascalVocOptions = {}): ImportedImage {
  const { root } = parsed(xml)
  if (root === null || root.name !== 'annotation') throw broken('annotation', 'there is no such element')
  const size = child(root, 'size', 'annotation')
  return {
    fileName: child(root, 'filename', 'annotation').text.trim(),
    width: numberIn(size, 'width', 'annotation/size'),
    height: numberIn(size, 'height', 'annotation/size'),
    findings: elements(root, 'object').map((object, index) =>
      detectionOf(object, `annotation/object[${index + 1}]`, firstPixel),
    ),
  }
}

function detectionOf(object: XmlElement, path: string, firstPixel: 0 | 1): Detection {
  const bounds = child(object, 'bndbox', path)
  const edge = (name: string) => numberIn(bounds, name, `${path}/bndbox`)
  const [x, y] = [edge('xmin') - firstPixel, edge('ymin') - firstPixel]
  return {
    kind: 'detection',
    label: child(object, 'name', path).text.trim(),
    box: { x, y, width: edge('xmax') - x, height: edge('ymax') - y },
  }
}

function parsed(xml: string) {
  try {
    return parseXml(xml)
  } catch (cause) {
    throw broken('annotation', 'it is no well-formed XML', cause)
  }
}

function elements(parent: XmlElement, name: string): XmlElement[] {
  return parent.children.filter((node): node is XmlElement => 'name' in node && node.name === name)
}

function child(parent: XmlElement, name: string, path: string): XmlElement {
  const [found] = elements(parent, name)
  if (found === undefined) throw broken(`${path}/${name}`, 'there is no such element')
  return found
}

function numberIn(parent: XmlElement, name: string, path: string): number {
  const text = child(parent, name, path).text.trim()
  if (text === '' || Number.isNaN(Number(text))) throw broken(`${path}/${name}`, `${JSON.stringify(text)} is no number`)
  return Number(text)
}

function broken(path: string, message: string, cause?: unknown): PrelabelError {
  return new PrelabelError(`the Pascal VOC file cannot be read: ${message}`, { code: 'broken-pascal-voc', path, cause })
}
