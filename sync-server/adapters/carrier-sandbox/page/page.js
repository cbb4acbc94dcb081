const $ = (id) => document.getElementById(id);
const asked = new URLSearchParams(location.search);
const number = $('number');
const phone = $('phone');

async function call(path, options) {
  const response = await fetch(`/sandbox/${path}`, options);
  const answer = await response.json();
  if (answer.error) throw new Error(answer.error.message);
  return answer.data;
}

function show(problem) {
  $('problem').hidden = !problem;
  $('problem').textContent = problem ?? '';
}

const WORDS = {
  queued: 'On its way',
  sending: 'On its way',
  sent: 'Sent',
  delivered: 'Delivered',
  failed: 'Not delivered',
  received: 'Sent by the customer',
};

function bubble({ direction, body, status, failure, createdAt }) {
  const item = document.createElement('li');
  // What came in to the business is what the phone's owner wrote.
  item.className = `${direction} ${status}`;
  item.textContent = body;
  const meta = document.createElement('small');
  const time = new Date(createdAt).toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' });
  meta.textContent = [WORDS[status] ?? status, failure, time].filter(Boolean).join(' · ');
  item.append(meta);
  return item;
}

let shown = '';

async function refresh() {
  if (!/^\+[1-9]\d{6,14}$/.test(phone.value.trim())) {
    if (shown !== '') $('texts').replaceChildren();
    shown = '';
    $('empty').hidden = false;
    return;
  }
  const query = new URLSearchParams({ number: number.value, phone: phone.value.trim() });
  const texts = await call(`texts?${query}`);
  const now = JSON.stringify([number.value, phone.value.trim(), texts]);
  if (now === shown) return;
  shown = now;
  $('texts').replaceChildren(...texts.map(bubble));
  $('empty').hidden = texts.length > 0;
  $('texts').lastElementChild?.scrollIntoView({ block: 'nearest' });
}

async function send(body) {
  try {
    await call('texts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ number: number.value, phone: phone.value.trim(), body }),
    });
    show(null);
    $('body').value = '';
    await refresh();
  } catch (error) {
    show(error.message);
  }
}

async function listPhones() {
  const phones = await call(`phones?${new URLSearchParams({ number: number.value })}`);
  $('phones').replaceChildren(...phones.map(({ phone: value, name }) => new Option(name, value)));
  if (!phone.value) phone.value = phones[0]?.phone ?? '';
}

$('reply').addEventListener('submit', (event) => {
  event.preventDefault();
  void send($('body').value);
});
$('body').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) $('reply').requestSubmit();
});
for (const button of document.querySelectorAll('[data-word]'))
  button.addEventListener('click', () => void send(button.dataset.word));
number.addEventListener('change', () => {
  phone.value = '';
  void listPhones()
    .then(refresh)
    .catch((error) => show(error.message));
});
phone.addEventListener('input', () => void refresh().catch((error) => show(error.message)));

async function watch() {
  await refresh().then(
    () => undefined,
    (error) => show(error.message),
  );
  setTimeout(watch, 1_000);
}

try {
  const numbers = await call('numbers');
  number.replaceChildren(...numbers.map(({ e164, tenantName }) => new Option(`${e164} · ${tenantName}`, e164)));
  if (asked.has('to')) number.value = asked.get('to');
  // A plus in an address is often meant as one.
  phone.value = (asked.get('from') ?? '').replace(/^ /, '+');
  if (numbers.length) {
    await listPhones();
    await watch();
  } else
    show('No tenant has a phone number yet. Give one to the demo tenant with: npm run seed -- --number +15558675310');
} catch (error) {
  show(error.message);
}
