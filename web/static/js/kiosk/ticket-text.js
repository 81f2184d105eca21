// Whether a read text is a whole ticket. A ticket is a COSE_Sign1 message in base32 (contracts/ticket.py),
// and CBOR says the length of each of its parts, so that a text which lost a letter anywhere is known here,
// without asking anybody. Whether it is genuine only the signature can say.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const LONGEST_TICKET = 400;
const SIGNED_BY_ONE = [0xd2, 0x84]; // tag 18, then an array of four
const EMPTY_MAP = 0xa0;
const BOOKING_CODE = /^[A-Z]{3}-?[A-Z0-9]{6}$/i;

export const isWholeTicket = (text) => {
  const bytes = decoded(text.toUpperCase());
  if (bytes === null || SIGNED_BY_ONE.some((byte, place) => bytes[place] !== byte)) return false;
  const unprotected = afterString(bytes, SIGNED_BY_ONE.length);
  const claims = bytes[unprotected] === EMPTY_MAP ? unprotected + 1 : NaN;
  const signature = afterString(bytes, claims);
  return afterString(bytes, signature) === bytes.length;
};

/** Whether a text can be a piece of a ticket: only its letters, and no booking code. */
export const maybePartOfTicket = (text) =>
  text.length <= LONGEST_TICKET && !BOOKING_CODE.test(text) && [...text.toUpperCase()].every((one) => ALPHABET.includes(one));

function decoded(text) {
  const bytes = [];
  let bits = 0;
  let waiting = 0;
  for (const one of text) {
    const value = ALPHABET.indexOf(one);
    if (value < 0) return null;
    bits = ((bits << 5) | value) & 0xfff;
    waiting += 5;
    if (waiting < 8) continue;
    waiting -= 8;
    bytes.push((bits >> waiting) & 0xff);
  }
  return waiting < 5 ? bytes : null; // a whole letter more than the bytes need
}

// Where a byte string (RFC 8949, major type 2) ends; NaN where there is none.
function afterString(bytes, start) {
  const head = bytes[start] ?? 0;
  if (head >> 5 !== 2) return NaN;
  const told = head & 31;
  if (told < 24) return start + 1 + told;
  if (told === 24) return start + 2 + bytes[start + 1];
  return told === 25 ? start + 3 + bytes[start + 1] * 256 + bytes[start + 2] : NaN;
}
