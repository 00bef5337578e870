/** One HTML page with the pictures and their boxes, the messages and their spans. */

import type { Prediction, Result } from 'prelabel'

export interface Ticket {
  readonly id: number
  readonly data: { readonly photo: string; readonly message: string }
}

export interface Labelled {
  readonly ticket: Ticket
  readonly prediction: Prediction
  /** The picture as a data URI. */
  readonly photo: string
}

export function renderPage(xml: string, labelled: readonly Labelled[]): string {
  const colours = new Map(
    [...xml.matchAll(/value="([^"]+)"[^>]*background="([^"]+)"/g)].map(([, label, colour]) => [label, colour]),
  )
  const colourOf = (label: string) => colours.get(label) ?? '#888'
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>prelabel quickstart</title>
<style>
  body { font: 15px/1.6 system-ui, sans-serif; max-width: 960px; margin: 2rem auto; color: #222 }
  article { display: grid; grid-template-columns: 420px 1fr; gap: 1.5rem; margin: 2rem 0; align-items: start }
  figure { position: relative; margin: 0 } img, svg { width: 100%; display: block } svg { position: absolute; inset: 0; height: 100% }
  p { white-space: pre-wrap } mark { padding: 1px 3px; border-radius: 3px } mark small { margin-left: 4px; opacity: .7 }
  text { font: 600 13px system-ui } b { background: #eee; border-radius: 4px; padding: 2px 8px }
</style>
<h1>prelabel quickstart</h1>
<p>What three models found, as Label Studio will show it. Model version: <code>${escapeHtml(labelled[0]?.prediction.model_version ?? '')}</code></p>
${labelled.map((entry) => article(entry, colourOf)).join('\n')}
</html>\n`
}

function article({ ticket, prediction, photo }: Labelled, colourOf: (label: string) => string): string {
  const { result } = prediction
  const tone = result.flatMap((item) => (item.type === 'choices' ? item.value.choices : [])).join(', ')
  return `<article>
  <figure><img src="${photo}" alt="${escapeHtml(ticket.data.photo)}"><svg viewBox="0 0 100 100" preserveAspectRatio="none">
  ${result.flatMap((item) => box(item, colourOf)).join('\n  ')}</svg></figure>
  <div><p>${spans(ticket.data.message, result, colourOf)}</p><b>${escapeHtml(tone)}</b></div>
</article>`
}

function box(item: Result, colourOf: (label: string) => string): string[] {
  if (item.type !== 'rectanglelabels') return []
  const { x, y, width, height, rectanglelabels } = item.value
  const [label = ''] = rectanglelabels
  const title = `${label} ${item.score?.toFixed(2) ?? ''}`
  return [
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" stroke="${colourOf(label)}" stroke-width="3" vector-effect="non-scaling-stroke"><title>${escapeHtml(title)}</title></rect>`,
    `<foreignObject x="${x}" y="${y}" width="60" height="12"><span style="font:600 4px system-ui;background:${colourOf(label)};color:#fff;padding:0 1px">${escapeHtml(title)}</span></foreignObject>`,
  ]
}

/** Offsets of Label Studio count code points, so the text is cut as a list of them. */
function spans(message: string, result: readonly Result[], colourOf: (label: string) => string): string {
  const points = [...message]
  const found = result.flatMap((item) => (item.type === 'labels' && 'start' in item.value ? [item.value] : []))
  let html = ''
  let from = 0
  for (const { start, end, labels } of found.sort((a, b) => Number(a.start) - Number(b.start))) {
    const [label = ''] = labels
    html += `${escapeHtml(points.slice(from, Number(start)).join(''))}<mark style="background:${colourOf(label)}">`
    html += `${escapeHtml(points.slice(Number(start), Number(end)).join(''))}<small>${escapeHtml(label)}</small></mark>`
    from = Number(end)
  }
  return html + escapeHtml(points.slice(from).join(''))
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
