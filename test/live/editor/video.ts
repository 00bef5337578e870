/** The editor's player of videos: which frame it is at, and what is drawn over it. */

import type { Page } from 'playwright-core'
import type { Box } from '../../../src/results/index.js'

/** A node of the editor's drawing library. */
interface Node {
  id(): string
  x(): number
  y(): number
  width(): number
  height(): number
  rotation(): number
}

interface Player {
  setFrame(frame: number): void
}

/** Globals of the page. */
declare const Konva: { readonly stages: readonly { find(name: 'Rect'): readonly Node[] }[] }
declare const Htx: { readonly annotationStore: { readonly selected: { readonly names: Map<string, Player> } } }

/** Goes to a frame, as a click into the timeline does. */
export function goToFrame(page: Page, video: string, frame: number): Promise<void> {
  return page.evaluate(([name, to]) => Htx.annotationStore.selected.names.get(name)?.setFrame(to), [
    video,
    frame,
  ] as const)
}

/** In pixels of the video's picture; turned about its first corner, (x, y), by degrees. */
export interface DrawnRectangle extends Box {
  readonly rotation: number
}

/** The rectangles over the video. */
export function rectanglesOnVideo(page: Page): Promise<DrawnRectangle[]> {
  return page.evaluate(() =>
    (Konva.stages[0]?.find('Rect') ?? [])
      .filter((rectangle) => rectangle.id() !== '')
      .map((rectangle) => ({
        x: rectangle.x(),
        y: rectangle.y(),
        width: rectangle.width(),
        height: rectangle.height(),
        rotation: rectangle.rotation(),
      })),
  )
}
