/** One HTML page with the pictures and their boxes, the messages and their spans. */

import type { LabelingConfig, Prediction } from 'prelabel'
import { type Region, readPrediction } from 'prelabel/results'

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

export function renderPage(config: LabelingConfig, labelled: readonly Labelled[]): string {
  const colours = new Map<string, string>()
  for (const [, label = '', colour = ''] of config.xml.matchAll(/value="([^"]+)"[^>]*background="([^"]+)"/g))
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
${labelled.map((entry) => article(config, entry, (label) => colours.get(label) ?? '#888')).join('\n')}
</html>\n`
}

type ColourOf = (label: string) => string

function article(config: LabelingConfig, entry: Labelled, colourOf: ColourOf): string {
  const { ticket, prediction, photo } = entry
  return `<article>
  <figure><img src="${photo}" alt="${escapeHtml(ticket.data.photo)}">${boxes(prediction, colourOf)}</figure>
  <div><p>${spans(config, entry, colourOf)}</p><b>${escapeHtml(tone(prediction))}</b></div>
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

/** Label Studio counts code points; the reader gives spans as indices of a JavaScript string. */
function spans(config: LabelingConfig, { ticket, prediction }: Labelled, colourOf: ColourOf): string {
  const { message } = ticket.data
  let html = ''
  let done = 0
  const { regions } = readPrediction(config, prediction, { task: ticket })
  for (const { shape, labels } of regions.toSorted((a, b) => startOf(a) - startOf(b))) {
    if (shape?.kind !== 'span') continue
    const label = labels.join(', ')
    const marked = `${escapeHtml(message.slice(shape.start, shape.end))}<small>${escapeHtml(label)}</small>`
    html += `${escapeHtml(message.slice(done, shape.start))}<mark style="background:${colourOf(label)}">${marked}</mark>`
    done = shape.end
  }
  return html + escapeHtml(message.slice(done))
}

function startOf({ shape }: Region): number {
  return shape?.kind === 'span' ? shape.start : -1
}

function tone({ result }: Prediction): string {
  return result.flatMap((item) => (item.type === 'choices' ? item.value.choices : [])).join(', ')
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
