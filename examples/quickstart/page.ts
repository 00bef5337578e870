/** One HTML page with the pictures and their boxes, the messages and their spans. */

import type { Prediction } from 'prelabel'

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
  const colours = new Map<string, string>()
  for (const [, label = '', colour = ''] of xml.matchAll(/value="([^"]+)"[^>]*background="([^"]+)"/g))
    colours.set(label, colour)
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>prelabel quickstart</title>
<style>
  body { font: 15px/1.6 system-ui, sans-serif; max-width: 960px; margin: 2rem auto; color: #222 }
  article { display: grid; grid-template-columns: 420px 1fr; gap: 1.5rem; margin: 2rem 0; align-items: start }
  figure { position: relative; margin: 0; overflow: hidden } img { width: 100%; display: block }
  figure i { position: absolute; box-sizing: border-box; border: 3px solid; font: 600 12px/1.5 system-ui }
  figure i span { position: absolute; color: #fff; padding: 0 5px; white-space: nowrap }
  p { white-space: pre-wrap; margin-top: 0 } mark { padding: 1px 3px; border-radius: 3px } mark small { margin-left: 4px; opacity: .7 }
  b { background: #eee; border-radius: 4px; padding: 2px 8px }
</style>
<h1>prelabel quickstart</h1>
<p>What three models found, as Label Studio will show it. Model version: <code>${escapeHtml(labelled[0]?.prediction.model_version ?? '')}</code></p>
${labelled.map((entry) => article(entry, (label) => colours.get(label) ?? '#888')).join('\n')}
</html>\n`
}

type ColourOf = (label: string) => string

function article({ ticket, prediction, photo }: Labelled, colourOf: ColourOf): string {
  return `<article>
  <figure><img src="${photo}" alt="${escapeHtml(ticket.data.photo)}">${boxes(prediction, colourOf)}</figure>
  <div><p>${spans(ticket.data.message, prediction, colourOf)}</p><b>${escapeHtml(tone(prediction))}</b></div>
</article>`
}

/** Geometry of Label Studio is percent of the picture, and so is CSS. */
function boxes({ result }: Prediction, colourOf: ColourOf): string {
  return result
    .filter((item) => item.type === 'rectanglelabels')
    .map(({ value: { x, y, width, height, rectanglelabels: [label = ''] = [] }, score }) => {
      const place = `left:${x}%;top:${y}%;width:${width}%;height:${height}%;border-color:${colourOf(label)}`
      const title = `${label} ${score?.toFixed(2) ?? ''}`
      return `<i style="${place}"><span style="background:${colourOf(label)}">${escapeHtml(title)}</span></i>`
    })
    .join('')
}

/** Offsets of Label Studio count code points, so the text is cut as a list of them. */
function spans(message: string, { result }: Prediction, colourOf: ColourOf): string {
  const points = [...message]
  const cut = (from: number, to?: number) => escapeHtml(points.slice(from, to).join(''))
  let html = ''
  let done = 0
  const found = result.filter((item) => item.type === 'labels').map(({ value }) => value)
  for (const { start, end, labels: [label = ''] = [] } of found.toSorted((a, b) => a.start - b.start)) {
    html += `${cut(done, start)}<mark style="background:${colourOf(label)}">${cut(start, end)}<small>${escapeHtml(label)}</small></mark>`
    done = end
  }
  return html + cut(done)
}

function tone({ result }: Prediction): string {
  return result.flatMap((item) => (item.type === 'choices' ? item.value.choices : [])).join(', ')
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
