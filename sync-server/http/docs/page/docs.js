// No validator elsewhere, and the token that somebody tries it with is forgotten with the page.
globalThis.SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
  docExpansion: 'none',
  tagsSorter: 'alpha',
});
