import { createHash } from 'node:crypto'
import type { ImageInput } from '../../media/inputs.js'
import type { Adapter, Item, ModelInfo, Outcome, PredictContext } from '../adapter.js'
import { defineAdapter } from '../define-adapter.js'
import { maskEverything } from './batch/mask-everything.js'
import { masksOfBoxes } from './batch/masks-of-boxes.js'
import { answerDrawn } from './interactive/answer-drawn.js'
import { SAM_PROMPTS } from './interactive/to-sam-prompts.js'
import { inspectSam } from './model/index.js'
import { parseSamOptions, type SamOptions, type SamSettings } from './options.js'
import { loadSamRuntime, type SamRuntime } from './sam-runtime.js'

/** Version of the code: raise it when the same weights give other masks. */
const VERSION = '1.0.0'

const IMAGE = ['Image'] as const

const FILLS = {
  BrushLabels: IMAGE,
  Brush: IMAGE,
  BitmaskLabels: IMAGE,
  Bitmask: IMAGE,
  PolygonLabels: IMAGE,
  Polygon: IMAGE,
  RectangleLabels: IMAGE,
  Rectangle: IMAGE,
  EllipseLabels: IMAGE,
  Ellipse: IMAGE,
} as const

/** Clicks on many pictures are in hand at the same time; the model's own queue says which comes next. */
const CONCURRENCY = 128

/**
 * Segment Anything: what is drawn with a smart tool becomes a mask, in whatever shape the project has. The picture is
 * encoded once, when its task is opened or at the first click; each further click costs the decoder alone.
 *
 * With `boxes` or `automatic` it predicts whole tasks, too. Needs `onnxruntime-node` and `sharp`.
 *
 * @example
 * createBackend({ adapters: [sam({ model: 'models/sam-vit-base' })] })
 *
 * @throws PrelabelError `invalid-options`
 */
export function sam(options: SamOptions): Adapter<SamRuntime, typeof FILLS> {
  const settings = parseSamOptions(options)
  const predictsTasks = settings.boxes !== undefined || settings.automatic !== undefined

  function answer(item: Item<ImageInput>, context: PredictContext<SamRuntime>): Promise<Outcome> {
    if (item.context !== undefined) return answerDrawn(item, item.context, context)
    return context.model.inTurn(context.signal, () => maskTask(item, settings, context))
  }

  return defineAdapter<typeof FILLS, SamRuntime>({
    name: settings.name,
    version: VERSION,
    fills: FILLS,
    controls: settings.controls,
    prompts: SAM_PROMPTS,
    answers: predictsTasks ? 'both' : 'prompts',
    options: describeOptions(settings),
    batchSize: 1,
    concurrency: CONCURRENCY,
    preparesAhead: predictsTasks ? 0 : settings.preparesAhead,
    inspect: () => inspect(settings),
    load: () => loadSamRuntime(settings),
    predict: (items, context) => Promise.all(items.map((item) => answer(item, context))),
    async prepare(items, { model, signal, opened }) {
      for (const { input } of items) await model.embeddings.get(input, opened ? 'opened' : 'ahead', signal)
    },
    dispose: (runtime) => runtime.dispose(),
  })
}

async function maskTask(
  item: Item<ImageInput>,
  { boxes, automatic }: SamSettings,
  context: PredictContext<SamRuntime>,
): Promise<Outcome> {
  if (boxes !== undefined) return masksOfBoxes(item, boxes, context)
  return automatic === undefined ? [] : maskEverything(item.input, automatic, context)
}

async function inspect({ boxes, ...settings }: SamSettings): Promise<ModelInfo> {
  const { fingerprint, summary } = await inspectSam(settings)
  // The classes of the boxes are left out: clicks take any label, and a control without those classes is clicked at, too.
  const detector = await boxes?.inspect?.()
  if (detector === undefined) return { kinds: ['mask'], fingerprint, summary }
  const both = createHash('sha256').update(`${fingerprint}\n${detector.fingerprint}`).digest('hex')
  return {
    kinds: ['mask'],
    fingerprint: both,
    summary: [summary, detector.summary ?? boxes?.name].join(' in boxes of '),
  }
}

/** What changes masks: the weights are known by their hash. */
function describeOptions({ choice, refine, minArea, minHoleArea, picture, automatic, boxes }: SamSettings) {
  const detector = boxes && {
    name: boxes.name,
    version: boxes.version,
    options: boxes.options,
    labelMap: boxes.labelMap,
  }
  return { choice, refine, minArea, minHoleArea, picture, automatic, boxes: detector }
}
