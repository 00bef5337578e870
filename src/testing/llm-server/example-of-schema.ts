type Schema = Readonly<Record<string, unknown>>

/**
 * The plainest value that a JSON schema allows: the first word of an enum, an empty list, a short text. Enough to see a
 * pipeline run without a model.
 */
export function exampleOfSchema(schema: Schema): unknown {
  if ('const' in schema) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  const [variant] = Array.isArray(schema.anyOf) ? schema.anyOf.filter(isSchema) : []
  if (variant !== undefined) return exampleOfSchema(variant)
  switch (schema.type) {
    case 'object':
      return exampleOfObject(isSchema(schema.properties) ? schema.properties : {})
    case 'array':
      return []
    case 'string':
      return 'an example'
    case 'integer':
    case 'number':
      return 1
    case 'boolean':
      return true
    default:
      return null
  }
}

function exampleOfObject(properties: Schema): unknown {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, isSchema(value) ? exampleOfSchema(value) : null]),
  )
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
