"""How a NIK is kept: a keyed digest finds it, a ciphertext lets those who have the key read it.

Law 27/2022 on personal data makes us keep no more of it readable than the work needs, and a plain
hash would not do: there are few enough NIKs to try them all.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import date

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedNik:
    """A NIK as it is stored; `key_id` names the key that opens the ciphertext."""

    digest: bytes
    ciphertext: bytes
    key_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityVault:
    """Holds the two keys: HMAC-SHA256 for digests, AES-256-GCM for ciphertexts (32 bytes each)."""

    digest_key: bytes = field(repr=False)
    cipher_key: bytes = field(repr=False)

    def seal(self, nik: str, *, person_id: str) -> SealedNik:
        """Make what is stored of a person's NIK; the ciphertext opens for that person alone."""
        ciphertext = self.encrypt(nik, bound_to=person_id)
        return SealedNik(digest=self.nik_digest(nik), ciphertext=ciphertext, key_id=self.key_id)

    def nik_digest(self, nik: str) -> bytes:
        """Make by what a person's NIK is found."""
        return self._digest("nik", nik)

    def open(self, ciphertext: bytes, *, person_id: str) -> str:
        """Read a stored NIK; raises cryptography's InvalidTag when key or person is another."""
        return self.decrypt(ciphertext, bound_to=person_id)

    def handed_over(self, ciphertext: bytes, person_id: str, *, to: str) -> bytes:
        """Seal a stored NIK anew, of who turns out to be a person that is known by another id."""
        return self.encrypt(self.open(ciphertext, person_id=person_id), bound_to=to)

    def encrypt(self, text: str, *, bound_to: str) -> bytes:
        """Make what is stored of a text that nobody may read without the key, or as another's."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self.cipher_key).encrypt(nonce, text.encode(), bound_to.encode())

    def decrypt(self, ciphertext: bytes, *, bound_to: str) -> str:
        """Read such a text; raises cryptography's InvalidTag when the key or whose it is is another."""
        nonce, sealed = ciphertext[:_NONCE_BYTES], ciphertext[_NONCE_BYTES:]
        return AESGCM(self.cipher_key).decrypt(nonce, sealed, bound_to.encode()).decode()

    def login_digest(self, login: str) -> bytes:
        """Make what is stored of a login that failed, or that was written to be recovered."""
        return self._digest("login", login)

    def code_digest(self, row_id: str, channel: str, code: str) -> bytes:
        """Make what is stored of a one-time code; of another row that waits for one it has another digest."""
        return self._digest("code", f"{row_id}:{channel}:{code}")

    def address_digest(self, address: str) -> bytes:
        """Make what is stored of a network address."""
        return self._digest("address", address)

    @property
    def audit_key(self) -> bytes:
        """The key that seals the audit log; another one than that of digests, and made from it."""
        return self._digest("audit", "")

    def identity_digest(self, nik: str, birth_date: date, sex: str) -> bytes:
        """Make by what an officer's override of exactly these three is found."""
        return self._digest("identity", f"{nik}:{birth_date}:{sex}")

    @property
    def key_id(self) -> str:
        """Name the cipher key by its own digest, so that no two keys are ever taken for each other."""
        return hashlib.sha256(self.cipher_key).hexdigest()[:8]

    def _digest(self, purpose: str, text: str) -> bytes:
        return hmac.digest(self.digest_key, f"{purpose}:{text}".encode(), "sha256")
