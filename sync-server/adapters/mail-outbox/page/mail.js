const state = document.querySelector('#state');
const list = document.querySelector('#mails');

const element = (tag, className, text) => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

/** The text with its addresses as links; everything else stays text. */
function linked(text) {
  const paragraph = element('div', 'text', '');
  for (const part of text.split(/(https?:\/\/\S+)/)) {
    if (!/^https?:\/\//.test(part)) {
      paragraph.append(part);
      continue;
    }
    const link = element('a', '', part);
    link.href = part;
    link.rel = 'noreferrer';
    paragraph.append(link);
  }
  return paragraph;
}

let shown = '';
async function refresh() {
  const response = await fetch('/sandbox/mail/list');
  const { data, error } = await response.json();
  if (error) {
    state.textContent = error.message;
    return;
  }
  const ids = data.map(({ id }) => id).join();
  if (ids === shown && shown !== '') return;
  shown = ids;
  state.textContent = data.length ? '' : 'No mails yet.';
  list.replaceChildren(
    ...data.map((mail) => {
      const item = document.createElement('li');
      item.append(
        element('h2', '', mail.subject),
        element('p', 'to', `To ${mail.to}, ${new Date(mail.at).toLocaleString()}`),
        linked(mail.text),
      );
      return item;
    }),
  );
}

await refresh();
setInterval(() => void refresh().catch(() => (state.textContent = 'The server is out of reach.')), 3_000);
