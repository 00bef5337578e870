import type { Size } from '../../../inference/pictures/letterbox.js'
import type { PictureLayout } from '../../../inference/pictures/picture-tensor.js'
import type { Frame } from '../prompting/frame.js'
import type { EncoderLayout } from './encoder-layout.js'
import type { ParsedSamModelOptions } from './options.js'
import type { PreprocessorConfig } from './preprocessor-config.js'
import type { SamLayout } from './sam-model.js'

/** How a picture becomes an encoder's input. */
export interface PicturePlan extends Pick<PictureLayout, 'scale' | 'mean' | 'std'> {
  readonly size: Size
  readonly resize: Frame['resize']
  readonly antialias: boolean
  /** Whether the rest of the input is filled with zeros here; otherwise the graph does that. */
  readonly pad: boolean
}

const IMAGENET = { scale: 1 / 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const
const AS_IT_IS = { scale: 1, mean: [0, 0, 0], std: [1, 1, 1] } as const
const SIDE = 1024

/**
 * The options go before the files beside the model, these before what the encoder's input looks like: planes of floats are
 * normalised here, bytes and pixels in a row by the graph, as those exporters do that put pre-processing inside.
 */
export function planPicture(
  encoder: EncoderLayout,
  layout: SamLayout,
  config: PreprocessorConfig | undefined,
  options: ParsedSamModelOptions['picture'],
): PicturePlan {
  const inGraph = encoder.axes === 'nhwc' || encoder.type === 'uint8'
  const configured = config === undefined || inGraph ? undefined : normalisation(config)
  const values = { ...(inGraph ? AS_IT_IS : IMAGENET), ...configured }
  return {
    scale: options.scale ?? values.scale,
    mean: options.mean ?? values.mean,
    std: options.std ?? values.std,
    size: encoder.size ?? square(options.size) ?? configuredSize(config) ?? { width: SIDE, height: SIDE },
    resize: options.resize ?? configuredResize(config) ?? (layout === 'sam2' ? 'stretch' : 'longest-side'),
    antialias: options.antialias ?? true,
    pad: encoder.size !== undefined || (options.pad ?? (!inGraph && config?.do_pad !== false)),
  }
}

function normalisation({ do_rescale, rescale_factor, do_normalize, image_mean, image_std }: PreprocessorConfig) {
  return {
    scale: do_rescale ? rescale_factor : 1,
    mean: do_normalize ? (image_mean ?? IMAGENET.mean) : AS_IT_IS.mean,
    std: do_normalize ? (image_std ?? IMAGENET.std) : AS_IT_IS.std,
  }
}

function square(side: number | undefined): Size | undefined {
  return side === undefined ? undefined : { width: side, height: side }
}

function configuredSize(config: PreprocessorConfig | undefined): Size | undefined {
  if (config === undefined) return undefined
  return 'longest_edge' in config.size ? square(config.size.longest_edge) : config.size
}

function configuredResize(config: PreprocessorConfig | undefined): Frame['resize'] | undefined {
  if (config === undefined) return undefined
  return 'longest_edge' in config.size ? 'longest-side' : 'stretch'
}
