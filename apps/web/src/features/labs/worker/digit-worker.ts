import { DIGITS_URL, digitsOf } from '@whorl/core/trainer';
import { DigitSession } from '../model/digit-session.ts';
import { serveLab } from './serve-lab.ts';

// The worker of a lab of digits.

async function fetchDigits() {
  const response = await fetch(DIGITS_URL);
  if (!response.ok) throw new Error(`the digits were not sent: ${response.status}`);
  return digitsOf(await response.arrayBuffer());
}

let fetched: ReturnType<typeof fetchDigits> | undefined;
const readOnce = () => {
  fetched ??= fetchDigits();
  return fetched;
};

serveLab((asked) => DigitSession.open(asked, readOnce));
