import { stat } from 'node:fs/promises'
import type { ControlTag, LabelingConfig } from '../../config/index.js'
import { PrelabelError } from '../../errors.js'
import { providerName } from '../../inference/execution-provider.js'
import type { FindingKind } from '../../results/findings.js'
import type { ModelInfo } from '../adapter.js'
import { attributeNotes } from './attribute-notes.js'
import { showsPoints } from './attributes.js'
import { leftAlone } from './left-alone.js'
import { readModelCard } from './model-card.js'
import { notesOf } from './notes.js'
import type { ParsedYoloOptions, WeightsOptions, YoloTask } from './options.js'
import { recogniseFile, type YoloFile } from './recognise.js'
import { chooseWeights } from './weights/choose-weights.js'
import type { FactsReader } from './weights/facts.js'
import { weightsOptions } from './weights/weights-options.js'

/** In pictures, and in videos. */
const KINDS: Readonly<Record<YoloTask, readonly FindingKind[]>> = {
  detect: ['detection', 'track', 'timeline'],
  segment: ['mask', 'track', 'timeline'],
  pose: ['pose', 'track', 'timeline'],
  obb: ['detection', 'track', 'timeline'],
  classify: ['classification', 'timeline'],
}

async function checkFolder(models: string): Promise<void> {
  const found = await stat(models).catch(() => undefined)
  if (found?.isDirectory() === true) return
  throw new PrelabelError(
    `The folder of \`models\` ${models} ${found === undefined ? 'does not exist' : 'is a file'}`,
    {
      code: 'model-folder-not-found',
      path: 'yolo.models',
      hint: 'Give the folder of ONNX files; a relative path counts from the working directory.',
    },
  )
}

/**
 * What the file of the adapter's own model says, without running it; nothing where it has none.
 *
 * @throws PrelabelError `model-folder-not-found`, and why the model cannot be used
 */
export async function inspectYoloModel(options: ParsedYoloOptions, facts: FactsReader): Promise<ModelInfo> {
  const { model, models } = options
  if (models !== undefined) await checkFolder(models)
  return model === undefined ? {} : (await inspectWeights(weightsOptions(options, model), facts)).info
}

/**
 * The same for the model that fills a control.
 *
 * @throws PrelabelError `control-left-alone` where its attributes keep the model from filling it, and why that model cannot be used
 */
export async function inspectControl(
  control: ControlTag,
  { controls }: Pick<LabelingConfig, 'controls'>,
  options: ParsedYoloOptions,
  facts: FactsReader,
): Promise<ModelInfo> {
  const siblings = [...controls.values()].filter(({ toName }) => toName.some((name) => control.toName.includes(name)))
  checkAttributes(control, undefined, siblings)
  const source = await chooseWeights(control, siblings, options)
  const { info, file } = await inspectWeights(weightsOptions(options, source), facts)
  checkAttributes(control, file.task, siblings)
  const shown = file.task === 'pose' && showsPoints(control) ? withPoints(info, control, file) : info
  const wrong = attributeNotes(control, file.keypoints?.count)
  return wrong.length === 0 ? shown : { ...shown, notes: [...(shown.notes ?? []), ...wrong] }
}

function checkAttributes(control: ControlTag, task: YoloTask | undefined, controls: readonly ControlTag[]): void {
  const reason = leftAlone(control, task, controls)
  if (reason === undefined) return
  throw new PrelabelError(reason, {
    code: 'control-left-alone',
    path: control.path,
    hint: 'Change the attribute in the labeling config if the model is to fill the control.',
  })
}

interface Inspected {
  readonly info: ModelInfo
  readonly file: YoloFile
}

async function inspectWeights(options: WeightsOptions, facts: FactsReader): Promise<Inspected> {
  const { metadata, fingerprint } = await facts(options.model)
  const file = recogniseFile(metadata, readModelCard(metadata), options)
  const { task, names, size, head } = file
  const where = options.providers === undefined ? '' : `, on ${options.providers.map(providerName).join(' or ')}`
  const how = head === undefined ? '' : ` (${head})`
  const summary = `yolo ${task}${how}, ${names.length} classes, ${size.width}×${size.height}${where}`
  const notes = notesOf(file)
  const info = { classes: names, kinds: KINDS[task], fingerprint, summary, ...(notes.length === 0 ? {} : { notes }) }
  return { file, info }
}

/** Labels for points may mean names of points, or places in the skeleton, which need no name: then any class is known. */
function withPoints({ classes, ...info }: ModelInfo, { options }: ControlTag, { keypoints }: YoloFile): ModelInfo {
  const byPlace = options.some(
    ({ attributes, predictedValues }) => attributes.model_index !== undefined && predictedValues.length === 0,
  )
  return byPlace ? info : { ...info, classes: [...(classes ?? []), ...(keypoints?.names ?? [])] }
}
