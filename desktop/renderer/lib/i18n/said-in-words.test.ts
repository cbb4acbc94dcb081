import { afterEach, beforeEach, expect, test } from 'vitest';
import { speak } from './i18n.ts';
import { saidInWords } from './said-in-words.ts';

beforeEach(() => speak('es'));
afterEach(() => speak('en'));

test('a sentence of the server is said in the language of the reader', () => {
  expect(saidInWords('Email or password is wrong.')).toBe('El correo o la contraseña no son correctos.');
});

test('names and numbers keep their place, numbers in the writing of the language', () => {
  expect(saidInWords('Note on Dr. Ada of the Hill')).toBe('Nota sobre Dr. Ada of the Hill');
  expect(
    saidInWords(
      '12,500 of the 20,000 announced rows have arrived. Nothing was imported; send the missing parts and start again.',
    ),
  ).toMatch(/^Llegaron 12.500 de las 20.000 filas anunciadas\./u);
});

test('the title of an edit joins its fields as the language does', () => {
  expect(saidInWords('Company, Phone and Status of Ada Lovelace')).toBe('Empresa, Teléfono y Estado de Ada Lovelace');
});

test('a name with a word of ours in it is no title', () => {
  expect(saidInWords('Bank of America')).toBe('Bank of America');
});

test('tags are names that people gave, so they stay', () => {
  expect(saidInWords('Tags Company and VIP added to 1,200 contacts')).toMatch(
    /^Agregado a 1.?200 contactos: etiquetas Company y VIP$/u,
  );
});

test('roles in a refusal are words', () => {
  expect(saidInWords('Your role (agent) may not import contacts. The file is kept.')).toBe(
    'Tu rol (agente) no permite importar contactos. El archivo se conserva.',
  );
});

test('sentences of different makers are each found', () => {
  expect(saidInWords('Too many wrong passwords. Try again in 5 min.')).toBe(
    'Demasiadas contraseñas equivocadas. Inténtalo en 5 min.',
  );
  expect(saidInWords('Telefon “(503) 555-01”: Two digits short. US numbers have 10.')).toBe(
    'Telefon «(503) 555-01»: Faltan dígitos: dos. Los números de US tienen 10.',
  );
  expect(saidInWords('Two digits short. US numbers have 10.')).toBe(
    'Faltan dígitos: dos. Los números de US tienen 10.',
  );
});

test('what nobody knows stays in English', () => {
  expect(saidInWords('The moon is full tonight.')).toBe('The moon is full tonight.');
});
