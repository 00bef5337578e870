/** Milliseconds that an answer asks to wait in `Retry-After`, in seconds or as a date; `undefined` when it does not. */
export function retryAfter({ headers }: Pick<Response, 'headers'>): number | undefined {
  const written = headers.get('retry-after')?.trim() ?? ''
  if (/^\d+$/.test(written)) return Number(written) * 1000
  const date = Date.parse(written)
  return Number.isNaN(date) ? undefined : Math.max(date - Date.now(), 0)
}
