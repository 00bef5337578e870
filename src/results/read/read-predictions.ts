import { z } from 'zod'
import type { LabelingConfig } from '../../config/index.js'
import { type ReadOptions, readResults } from './read-results.js'
import type { ReadResults } from './region.js'

export interface ReadPrediction extends ReadResults {
  readonly modelVersion: string | undefined
  readonly score: number | undefined
}

const envelope = z.object({
  model_version: z.string().optional().catch(undefined),
  score: z.number().optional().catch(undefined),
  result: z.unknown(),
})

/** Reads a prediction as Label Studio or a backend sends it. */
export function readPrediction(config: LabelingConfig, prediction: unknown, options: ReadOptions = {}): ReadPrediction {
  const { model_version, score, result } = envelope.catch({ result: [] }).parse(prediction)
  return { modelVersion: model_version, score, ...readResults(config, result, options) }
}
