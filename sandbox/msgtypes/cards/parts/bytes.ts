/** Whether a required key or id is there and has at most `most` UTF-8 bytes. */
export function fits(value: string | undefined, most: number): value is string {
  return value !== undefined && value !== '' && Buffer.byteLength(value) <= most;
}
