import type { Mail } from './mail.ts';

/** What a mail says: paragraphs, and one link that the person asked for or needs. */
export type Letter = {
  to: string;
  subject: string;
  paragraphs: readonly string[];
  link?: { label: string; url: string };
};

/** The letter as plain text and as simple HTML. Whatever people wrote into it stays text; a subject is one line. */
export function writeMail({ to, subject, paragraphs, link }: Letter): Mail {
  const text = [...paragraphs, ...(link ? [`${link.label}:\n${link.url}`] : [])].join('\n\n');
  const body = paragraphs.map((one) => `<p>${escapeHtml(one)}</p>`).join('\n');
  const button = link
    ? `<p><a href="${escapeHtml(link.url)}" style="color:#0b5cad">${escapeHtml(link.label)}</a></p>\n<p style="color:#555">${escapeHtml(link.url)}</p>`
    : '';
  return {
    to: oneLine(to),
    subject: oneLine(subject),
    text: `${text}\n`,
    html: `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(oneLine(subject))}</title></head><body style="font:16px/1.5 sans-serif;max-width:36em">\n${body}\n${button}\n</body></html>\n`,
  };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (c) => ENTITIES[c] ?? c);

/** What stands in a header can begin no other. */
// oxlint-disable-next-line no-control-regex -- they are what is cut
const oneLine = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
