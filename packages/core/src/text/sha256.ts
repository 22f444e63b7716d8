/** SHA-256 of some bytes, as 64 hexadecimal digits. @throws TypeError in a page served over plain http from another machine, which has no digests */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
