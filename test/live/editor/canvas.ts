/** What the editor has drawn over a picture, read from the canvas itself. */

import type { Page } from 'playwright-core'
import { type Box, type MaskPixels, maskToBox } from '../../../src/results/index.js'

/** A node of the editor's drawing library. */
interface Node {
  getClassName(): string
  name(): string
  getParent(): Node
  image(): Picture
  getClientRect(options: { skipStroke: boolean }): Box
}

interface Picture {
  readonly naturalWidth: number
  readonly naturalHeight: number
}

interface Stage {
  find(selector: string | ((node: Node) => boolean)): Node[]
  container(): { getBoundingClientRect(): Box }
}

/** Globals of the page. */
declare const Konva: { readonly stages: readonly Stage[] }
declare const OffscreenCanvas: new (
  width: number,
  height: number,
) => {
  getContext(kind: '2d'): {
    drawImage(picture: Picture, x: number, y: number): void
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray }
  }
}

/** Where the picture is on the page, and how many of its own pixels one of the page's is. */
export function pictureOnPage(page: Page): Promise<{ readonly x: number; readonly y: number; readonly scale: number }> {
  return page.evaluate(() => {
    const [stage] = Konva.stages
    const isPicture = (node: Node) => node.getClassName() === 'Image' && node.getParent().getClassName() === 'Layer'
    const [picture] = stage?.find(isPicture) ?? []
    if (stage === undefined || picture === undefined) throw new Error('the editor shows no picture')
    const outer = stage.container().getBoundingClientRect()
    const inner = picture.getClientRect({ skipStroke: true })
    return { x: outer.x + inner.x, y: outer.y + inner.y, scale: picture.image().naturalWidth / inner.width }
  })
}

/** The boxes around all outlines, in pixels of the picture. */
export async function outlinesOnCanvas(page: Page): Promise<Box[]> {
  const { x, y, scale } = await pictureOnPage(page)
  const boxes = await page.evaluate(() => {
    const [stage] = Konva.stages
    const outer = stage?.container().getBoundingClientRect() ?? { x: 0, y: 0 }
    return (stage?.find('._transformable') ?? []).map((shape) => {
      const box = shape.getClientRect({ skipStroke: true })
      return { ...box, x: box.x + outer.x, y: box.y + outer.y }
    })
  })
  return boxes.map((box) => ({
    x: (box.x - x) * scale,
    y: (box.y - y) * scale,
    width: box.width * scale,
    height: box.height * scale,
  }))
}

/** All masks, suggested ones too. They leave the page as run lengths, outside and inside in turn. */
export async function masksOnCanvas(page: Page): Promise<MaskPixels[]> {
  const masks = await page.evaluate(() => {
    const isMask = (node: Node) =>
      node.getClassName() === 'Image' && node.name() === '' && node.getParent().name() === 'segmentation'
    return (Konva.stages[0]?.find(isMask) ?? []).map((node) => {
      const { naturalWidth: width, naturalHeight: height } = node.image()
      const context = new OffscreenCanvas(width, height).getContext('2d')
      context.drawImage(node.image(), 0, 0)
      const rgba = context.getImageData(0, 0, width, height).data
      const runs = [0]
      for (let pixel = 0, inside = false; pixel < width * height; pixel++) {
        if ((rgba[pixel * 4 + 3] !== 0) !== inside) {
          inside = !inside
          runs.push(0)
        }
        runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1
      }
      return { width, height, runs }
    })
  })
  return masks.map(({ width, height, runs }) => {
    const data = new Uint8Array(width * height)
    let end = 0
    for (const [index, length] of runs.entries()) {
      data.fill(index % 2, end, end + length)
      end += length
    }
    return { width, height, data }
  })
}

/** The boxes around everything that is drawn over the picture, in its own pixels, from left to right. */
export async function boxesOnCanvas(page: Page): Promise<Box[]> {
  const masks = (await masksOnCanvas(page)).map(maskToBox).filter((box) => box !== undefined)
  return [...(await outlinesOnCanvas(page)), ...masks].sort((one, other) => one.x - other.x)
}
