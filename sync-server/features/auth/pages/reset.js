import { ask, at, token } from '/pages/ask.js';

at('state').textContent = '';
at('password').focus();

at('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = at('form').querySelector('button');
  button.disabled = true;
  at('problem').textContent = '';
  try {
    await ask('POST', 'password/reset', { token: decodeURIComponent(token()), newPassword: at('password').value });
    at('form').hidden = true;
    at('state').textContent = 'Your password is set, and you are signed out everywhere. Sign in with it in the app.';
  } catch (error) {
    at('problem').textContent = error.message;
  }
  button.disabled = false;
});
