/**
 * What a record that came from outside says of a name that came from outside. A plain lookup would find what every object
 * has, for a class that is named `constructor` or `toString`.
 */
export function ownValue<V>(record: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
