/** The seam between a Segment Anything model and the adapter around it: pictures and prompts in, masks out. */

import type { Tensor } from '../../../inference/session.js'
import type { ImageInput } from '../../../media/inputs.js'
import type { Box, MaskPixels } from '../../../results/findings.js'
import type { CleanMaskOptions } from '../../../results/mask/clean-mask.js'

/** How encoder and decoder speak: optimum's and transformers.js' export of SAM, Meta's own export, SAM 2 of either kind. */
export type SamLayout = 'sam' | 'sam-meta' | 'sam2'

/** What a picture becomes once; every click on it is answered from this. Plain data: it may be kept on a disk. */
export interface Embedding {
  /** Size of the shown picture (EXIF turn applied). */
  readonly width: number
  readonly height: number
  /** By the decoder's names. */
  readonly tensors: Readonly<Record<string, Tensor>>
  /** What the tensors hold in memory. */
  readonly bytes: number
}

/** A click, in pixels of the shown picture. */
export interface PromptPoint {
  readonly x: number
  readonly y: number
  /** True: the thing is here; false: it is not. */
  readonly positive: boolean
}

/** Logits of a mask as the model made them, above 0 inside; in the frame of the model's input, padding included. */
export interface LowResMask {
  readonly width: number
  readonly height: number
  readonly data: Float32Array
}

/** What the annotator said of one thing, in pixels of the shown picture. Nothing is refused or clamped. */
export interface SamPrompt {
  readonly points: readonly PromptPoint[]
  readonly box?: Pick<Box, 'x' | 'y' | 'width' | 'height'>
  /**
   * The logits of an answer before, to be refined, or pixels drawn by hand (of the shown picture's size). Where the
   * model takes no mask (see {@link SamModel.takesMask}), the box around it and a point inside it stand in.
   */
  readonly mask?: LowResMask | MaskPixels
}

/**
 * Which of the masks that a model offers for one prompt: the one of highest predicted IoU; the one Meta's own exporter
 * would take (from three points on, a box counting as two, the output that is trained for prompts which leave no doubt, where
 * the model has it; the best otherwise); or one of the three levels: part of a part, part, whole.
 */
export type MaskChoice = 'best' | 'auto' | 0 | 1 | 2

/** One mask that the model offers. */
export interface SamCandidate {
  /** Predicted IoU, 0..1. */
  readonly score: number
  /** How little it changes when its threshold does, 0..1. */
  readonly stability: number
  /** The box around it, in pixels of the shown picture, as far as the logits show it; absent when it is empty. */
  readonly box?: Box
  readonly lowRes: LowResMask
  /** The mask at the size of the shown picture; made anew on each call. */
  upsample(): MaskPixels
}

/** The answer to one prompt. */
export interface SamAnswer {
  /** Of the size of the shown picture. */
  readonly mask: MaskPixels
  /** Predicted IoU, 0..1. */
  readonly score: number
  /** Give it back as the next prompt's `mask` to refine. */
  readonly lowRes: LowResMask
}

/** How one prompt is answered. */
export interface DecodeOptions extends CleanMaskOptions {
  /**
   * Where the prompt could only be told in parts (points and a box to decoders of their own, a box to a decoder without),
   * the mask that obeys it best is taken instead.
   * @default 'best'
   */
  readonly choice?: MaskChoice
  readonly signal?: AbortSignal
}

/** What is known of a model without running it. */
export interface SamFacts {
  readonly layout: SamLayout
  /** Identifies weights and pre-processing: SHA-256, hex. */
  readonly fingerprint: string
  /** One line for reports: `sam-meta, 1024×1024`; of a loaded model with its provider. */
  readonly summary: string
}

/** A loaded Segment Anything model. Calls may overlap. */
export interface SamModel extends SamFacts {
  /** Whether a mask can be a prompt as it is; otherwise box and point stand in for it. */
  readonly takesMask: boolean
  /** @throws PrelabelError `picture-…` when it cannot be decoded, `model-run-failed` */
  encode(picture: Pick<ImageInput, 'bytes'>, signal?: AbortSignal): Promise<Embedding>
  /** The best mask for one prompt. A prompt without point, box and mask gives an empty mask of score 0. */
  decode(embedding: Embedding, prompt: SamPrompt, options?: DecodeOptions): Promise<SamAnswer>
  /**
   * All masks for many prompts on one picture, in chunks of prompts where the model takes several at once: for each prompt
   * in turn what it offers, best score first. Nothing is up-sampled before it is asked for.
   */
  decodeAll(
    embedding: Embedding,
    prompts: Iterable<SamPrompt>,
    signal?: AbortSignal,
  ): AsyncIterable<readonly SamCandidate[]>
  dispose(): Promise<void>
}
