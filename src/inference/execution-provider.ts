import { z } from 'zod'

/** Where a model is to run: `cuda`, or with options of that provider as onnxruntime-node takes them. */
export type ExecutionProvider = string | { readonly name: string; readonly [option: string]: unknown }

export const executionProviders = z
  .array(z.union([z.string().min(1), z.looseObject({ name: z.string().min(1) }).readonly()]))
  .min(1)

export function providerName(provider: ExecutionProvider): string {
  return typeof provider === 'string' ? provider : provider.name
}
