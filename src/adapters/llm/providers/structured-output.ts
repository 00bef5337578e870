/** How the server is held to the schema: by it, to JSON of any shape, or not at all. */
export const structuredOutputs = ['json-schema', 'json-object', 'none'] as const
export type StructuredOutput = (typeof structuredOutputs)[number]
