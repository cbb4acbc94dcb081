/** Asks the server below /api/auth; throws with its own words. */
export async function ask(method, path, body) {
  let response;
  try {
    response = await fetch(`/api/auth/${path}`, {
      method,
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    });
  } catch {
    throw new Error('The server is out of reach. Check the connection and try again.');
  }
  const { data, error } = await response.json();
  if (error) throw new Error(Object.values(error.details?.fields ?? {})[0] ?? error.message);
  return data;
}

export const at = (id) => document.getElementById(id);
export const token = () => encodeURIComponent(location.pathname.split('/').pop());
