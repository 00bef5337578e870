import type { Session } from '../../../inference/session.js'
import { openModel } from '../../detection/model-source.js'
import type { ParsedSource } from '../../detection/shared-options.js'
import { createDecoding, type Decoding } from './decoding.js'
import { openEncoding } from './encoding.js'
import { summaryOf } from './inspect-sam.js'
import { mismatch } from './match-embeddings.js'
import { type ModelPlan, planModel } from './model-plan.js'
import type { ParsedSamModelOptions } from './options.js'
import type { Decoders } from './routes.js'
import type { Embedding, SamModel } from './sam-model.js'

/**
 * Opens a model, and runs it once on an empty picture: that warms it up, and shows whether encoder and decoder belong
 * together.
 *
 * @throws PrelabelError as `inspectSam`, and `sam-model-mismatch`, `model-load-failed`, `missing-package`
 */
export async function loadSamModel(options: ParsedSamModelOptions): Promise<SamModel> {
  const plan = await planModel(options)
  const sessions: Session[] = []
  const open = async (model: ParsedSource) => {
    const session = await openModel({ ...options, model })
    sessions.push(session)
    return session
  }
  const dispose = async () => {
    await Promise.all(sessions.map((session) => session.dispose()))
  }
  try {
    const encoding = await openEncoding(plan, await open(plan.files.encoder), options)
    const decoders = await openDecoders(plan, open)
    const decoding = createDecoding(decoders, plan.picture, encoding.constants)
    await warmUp(decoding, encoding.empty)
    return {
      layout: plan.layout,
      fingerprint: plan.fingerprint,
      summary: `${summaryOf(plan)}, ${decoders.points.session.provider}`,
      takesMask: decoding.takesMask,
      encode: encoding.encode,
      decode: decoding.decode,
      decodeAll: decoding.decodeAll,
      dispose,
    }
  } catch (error) {
    await dispose()
    throw error
  }
}

async function openDecoders(
  { files, decoder, boxDecoder }: ModelPlan,
  open: (model: ParsedSource) => Promise<Session>,
): Promise<Decoders> {
  const points = { layout: decoder, session: await open(files.decoder) }
  if (files.boxDecoder === undefined || boxDecoder === undefined) return { points }
  return { points, boxes: { layout: boxDecoder, session: await open(files.boxDecoder) } }
}

/** A click and a box on the empty picture. */
async function warmUp(decoding: Decoding, empty: Embedding): Promise<void> {
  try {
    await decoding.decode(empty, { points: [{ x: 0, y: 0, positive: true }] })
    await decoding.decode(empty, { points: [], box: { x: 0, y: 0, width: empty.width, height: empty.height } })
  } catch (cause) {
    throw mismatch(cause instanceof Error ? cause.message : String(cause), cause)
  }
}
