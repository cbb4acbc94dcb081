import type { RequestHandler } from 'express';

const policy = (directives: Record<string, string>): string =>
  Object.entries({ 'base-uri': "'none'", 'frame-ancestors': "'none'", 'form-action': "'none'", ...directives })
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

/** Answers of the API are data: nothing in them is shown, run or framed. */
export const DATA_POLICY = policy({ 'default-src': "'none'" });
/** The server's own pages: what they need comes from the server itself, in files. */
const PAGE_POLICY = policy({
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'connect-src': "'self'",
});
/** The page of the API: what it is made of sets styles in elements and has its signs as data. */
const DOCS_POLICY = policy({
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
});

const withPolicy =
  (content: string): RequestHandler =>
  (_req, res, next) => {
    res.setHeader('Content-Security-Policy', content);
    next();
  };

export const pageHeaders = withPolicy(PAGE_POLICY);
export const docsHeaders = withPolicy(DOCS_POLICY);

/** No page of ours uses any of these. */
export const PERMISSIONS = 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()';
