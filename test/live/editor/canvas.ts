/** What the editor has drawn over a picture, read from the canvas itself. */

import type { Page } from 'playwright-core'
import type { Box } from '../../../src/results/index.js'

interface Drawn {
  width(): number
  image(): CanvasSource
  getClientRect(options: { skipStroke: boolean; relativeTo?: Drawn }): Box
}

interface CanvasSource {
  readonly naturalWidth: number
  readonly naturalHeight: number
}

/** Globals of the page: the editor's drawing library, and the browser's canvas. */
declare const Konva: { readonly stages: readonly { find(selector: string | ((node: Node) => boolean)): Drawn[] }[] }
declare const OffscreenCanvas: new (
  width: number,
  height: number,
) => {
  getContext(kind: '2d'): {
    drawImage(source: CanvasSource, x: number, y: number): void
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray }
  }
}

interface Node {
  getClassName(): string
  name(): string
  getParent(): Node
}

/** The boxes around everything that is drawn over the picture, in its own pixels, from left to right. */
export async function boxesOnCanvas(page: Page): Promise<Box[]> {
  const boxes = await page.evaluate(() => {
    const [stage] = Konva.stages
    const isPicture = (node: Node) => node.getClassName() === 'Image' && node.getParent().getClassName() === 'Layer'
    const isMask = (node: Node) => node.getClassName() === 'Image' && node.getParent().name() === 'segmentation'
    const [picture] = stage?.find(isPicture) ?? []
    if (stage === undefined || picture === undefined) return []

    const origin = picture.getClientRect({ skipStroke: true })
    const scale = picture.image().naturalWidth / origin.width
    const toPicture = ({ x, y, width, height }: Box) => ({
      x: (x - origin.x) * scale,
      y: (y - origin.y) * scale,
      width: width * scale,
      height: height * scale,
    })
    const boxOfMask = (image: CanvasSource): Box => {
      const { naturalWidth: width, naturalHeight: height } = image
      const context = new OffscreenCanvas(width, height).getContext('2d')
      context.drawImage(image, 0, 0)
      const { data } = context.getImageData(0, 0, width, height)
      let [left, top, right, bottom] = [width, height, 0, 0]
      for (let index = 0; index < width * height; index++) {
        if (data[index * 4 + 3] === 0) continue
        const x = index % width
        const y = Math.floor(index / width)
        left = Math.min(left, x)
        right = Math.max(right, x + 1)
        top = Math.min(top, y)
        bottom = Math.max(bottom, y + 1)
      }
      return { x: left, y: top, width: right - left, height: bottom - top }
    }
    const outlines = stage.find('._transformable').map((shape) => toPicture(shape.getClientRect({ skipStroke: true })))
    const masks = stage.find((node) => isMask(node) && node.name() === '').map((mask) => boxOfMask(mask.image()))
    return [...outlines, ...masks]
  })
  return boxes.sort((one, other) => one.x - other.x)
}
