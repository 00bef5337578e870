/** What lies in a region, in the form in which the whole object would be given. */

import { PrelabelError } from '../../../errors.js'
import type { DialogueInput, ImageInput, Input } from '../../../media/inputs.js'
import type { Box, Finding, Span } from '../../../results/findings.js'
import { clampBox, uprightBox } from '../../../results/geometry/index.js'
import { outlineOf } from '../../../results/render/outline.js'
import { boxOfPose } from '../../../results/render/render-pose.js'
import { spanInDialogue } from '../../../results/render/render-span.js'
import type { CutPicture } from './cut-picture.js'

/** How pictures are cut. */
export interface Cutting {
  readonly cut: CutPicture
  /** Surroundings on each side, as a part of the region's width and height. */
  readonly padding: number
}

/**
 * The words of a span, the utterances of a dialogue that it reaches over, or the part of a picture in which a thing lies:
 * upright and padded, without what stands around it in its box being removed.
 *
 * @throws PrelabelError `region-input` for what nothing can be cut out of; and for a region that does not lie on its object,
 * what a renderer throws
 */
export async function regionInput(finding: Finding, whole: Input, { cut, padding }: Cutting): Promise<Input> {
  if (finding.kind === 'span' && whole.kind === 'text') return { kind: 'text', text: wordsOf(finding, whole.text) }
  if (finding.kind === 'span' && whole.kind === 'dialogue') return turnsOf(finding, whole)
  if (whole.kind === 'image') {
    const box = boxOf(finding, whole)
    if (box !== undefined) return cut(whole, padded(box, padding, whole))
  }
  throw new PrelabelError(`nothing can be cut out of ${whole.kind} for a ${finding.kind}`, {
    code: 'region-input',
    hint: 'Regions are asked about on texts, dialogues and pictures.',
  })
}

function wordsOf({ start, end }: Span, text: string): string {
  if (start >= 0 && start < end && end <= text.length) return text.slice(start, end)
  throw new PrelabelError(`the span ${start}..${end} is not inside the text`, { code: 'offset-out-of-range' })
}

function turnsOf(span: Span, { utterances }: DialogueInput): DialogueInput {
  const { utterance, start, endUtterance, end } = spanInDialogue(span, utterances)
  const turns = utterances.slice(utterance, endUtterance + 1).map((turn, index, { length }) => {
    const to = index === length - 1 ? end : turn.text.length
    return { ...turn, text: turn.text.slice(index === 0 ? start : 0, to) }
  })
  return { kind: 'dialogue', utterances: turns }
}

function boxOf(finding: Finding, picture: ImageInput): Box | undefined {
  if (finding.kind === 'pose') return outlineOf(boxOfPose(finding), picture).box()
  return finding.kind === 'detection' || finding.kind === 'mask' ? outlineOf(finding, picture).box() : undefined
}

/** The upright box with its surroundings, as far as the picture goes. */
function padded(box: Box, padding: number, size: { readonly width: number; readonly height: number }): Box {
  const { x, y, width, height } = uprightBox(box)
  const [right, down] = [width * padding, height * padding]
  const around = { x: x - right, y: y - down, width: width + 2 * right, height: height + 2 * down }
  return clampBox(around, size) ?? around
}
