/** Hands a file to the person, where their browser or the app puts downloads. Parts of a large one may be blobs, which need not be in memory. */
export function saveFile(name: string, type: string, content: string | Blob[]): void {
  const url = URL.createObjectURL(new Blob(typeof content === 'string' ? [content] : content, { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
