import { ask, at, token } from '/pages/ask.js';

const signIn = (email) =>
  `switchboard://sign-in?server=${encodeURIComponent(location.origin)}&email=${encodeURIComponent(email)}`;

try {
  const offer = await ask('GET', `invitations/${token()}`);
  at('state').textContent = `${offer.invitedBy || 'Somebody'} invites you to ${offer.tenantName}.`;
  at('email').value = offer.email;
  at('form').hidden = false;
  at('name').focus();
} catch (error) {
  at('state').textContent = error.message;
}

at('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = at('form').querySelector('button');
  button.disabled = true;
  at('problem').textContent = '';
  try {
    const { email } = await ask('POST', `invitations/${token()}/join`, {
      name: at('name').value,
      password: at('password').value,
    });
    at('form').hidden = true;
    at('state').textContent = 'Welcome. Your account is ready; sign in with it in the app.';
    at('open').href = signIn(email);
    at('next').hidden = false;
    at('again').hidden = false;
    at('open').focus();
  } catch (error) {
    at('problem').textContent = error.message;
  }
  button.disabled = false;
});
