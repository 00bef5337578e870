import { readFile, writeFile } from 'node:fs/promises'
import { PrelabelError } from '../errors.js'

/** The text of a file, or of standard input for `-`. */
export async function readText(path: string): Promise<string> {
  try {
    return path === '-' ? await readAll(process.stdin) : await readFile(path, 'utf8')
  } catch (cause) {
    throw new PrelabelError(`cannot read ${path}: ${reason(cause)}`, { code: 'file-unreadable', path, cause })
  }
}

/** A JSON file; also one JSON value a line (`.jsonl`, `.ndjson`), read as a list. */
export async function readJson(path: string): Promise<unknown> {
  const text = await readText(path)
  if (/\.(jsonl|ndjson)$/i.test(path)) {
    const lines = text.split('\n').map((line, index) => ({ line, number: index + 1 }))
    return lines.filter(({ line }) => line.trim() !== '').map(({ line, number }) => parse(line, `${path}:${number}`))
  }
  return parse(text, path)
}

/** Writes JSON to a file, or to standard output for `-`. */
export function writeJson(path: string, value: unknown): Promise<void> {
  return writeText(path, `${JSON.stringify(value, null, 2)}\n`)
}

/** Writes text to a file, or to standard output for `-`. */
export async function writeText(path: string, text: string): Promise<void> {
  if (path === '-') {
    process.stdout.write(text)
    return
  }
  try {
    await writeFile(path, text)
  } catch (cause) {
    throw new PrelabelError(`cannot write ${path}: ${reason(cause)}`, { code: 'file-unwritable', path, cause })
  }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new PrelabelError(`${path} is not JSON: ${reason(cause)}`, { code: 'file-not-json', path, cause })
  }
}

async function readAll(stream: NodeJS.ReadStream): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
