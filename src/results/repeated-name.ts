/** Names inside a `<Repeater>`: `page_{{idx}}` stands for `page_0`, `page_1`, … */

/** `name` with the index that `asked` has in the place of `pattern`'s placeholder: (`page_{{idx}}`, `box_{{idx}}`, `box_3`) → `page_3`. */
export function repeatName(name: string, pattern: string, asked: string): string {
  if (pattern === asked) return name
  const [before = '', after = ''] = pattern.split(/\{\{[^{}]*\}\}/)
  const index = asked.slice(before.length, asked.length - after.length)
  return name.replace(/\{\{[^{}]*\}\}/g, index)
}
