/**
 * The offset of an attribute's value, inside its quotes, in a well-formed text; of the tag itself when it has no such
 * attribute. The parser tells where elements are, but not where their attributes are.
 *
 * @param start the offset of the tag's `<`
 */
export function attributeOffset(xml: string, start: number, attribute: string): number {
  const tagName = /<[^\s/>]+/y
  tagName.lastIndex = start
  tagName.exec(xml)
  const next = /\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/y
  next.lastIndex = tagName.lastIndex
  for (let match = next.exec(xml); match !== null; match = next.exec(xml)) {
    const [, name, quoted = ''] = match
    if (name === attribute) return next.lastIndex - quoted.length + 1
  }
  return start
}
