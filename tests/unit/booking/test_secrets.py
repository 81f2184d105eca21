"""How NIKs and passwords are kept."""

import pytest
from cryptography.exceptions import InvalidTag

from services.booking.handlers.identity_vault import IdentityVault
from services.booking.handlers.passwords import Passwords

NIK = "6571011708900001"
VAULT = IdentityVault(digest_key=bytes(32), cipher_key=bytes(range(32)))


def test_a_sealed_nik_is_found_by_its_digest_and_never_the_same_ciphertext() -> None:
    """Two seals of one NIK have one digest and two ciphertexts, neither of which holds the NIK."""
    first, second = (VAULT.seal(NIK, person_id="p") for _ in range(2))
    assert first.digest == second.digest
    assert first.ciphertext != second.ciphertext
    assert NIK.encode() not in first.ciphertext + first.digest


def test_a_sealed_nik_opens_with_its_key_for_its_person() -> None:
    """The same vault reads it back."""
    assert VAULT.open(VAULT.seal(NIK, person_id="p").ciphertext, person_id="p") == NIK


@pytest.mark.parametrize("vault", [VAULT, IdentityVault(digest_key=bytes(32), cipher_key=bytes(32))])
def test_a_ciphertext_moved_to_another_person_or_key_does_not_open(vault: IdentityVault) -> None:
    """Swapping two rows' ciphertexts gives nobody another's identity."""
    sealed = VAULT.seal(NIK, person_id="p")
    with pytest.raises(InvalidTag):
        vault.open(sealed.ciphertext, person_id="q")


def test_another_digest_key_makes_other_digests() -> None:
    """Without the key nobody can try all NIKs against the table."""
    other = IdentityVault(digest_key=bytes([1] * 32), cipher_key=VAULT.cipher_key)
    assert other.seal(NIK, person_id="p").digest != VAULT.seal(NIK, person_id="p").digest


def test_a_login_and_a_nik_of_the_same_text_have_different_digests() -> None:
    """What is typed as a login cannot be looked up among the NIKs."""
    assert VAULT.login_digest(NIK) != VAULT.seal(NIK, person_id="p").digest


def test_the_vault_does_not_show_its_keys() -> None:
    """Its repr may reach a log."""
    assert repr(VAULT) == "IdentityVault()"


def test_a_password_verifies_against_its_hash_alone() -> None:
    """Right, wrong, and nobody's."""
    passwords = Passwords()
    kept = passwords.hash("sepuluh huruf")
    assert passwords.verify("sepuluh huruf", kept)
    assert not passwords.verify("sebelas huruf", kept)
    assert not passwords.verify("sepuluh huruf", None)


def test_a_hash_says_argon2id_and_its_settings() -> None:
    """19 MiB, 2 passes, 1 lane."""
    assert Passwords().hash("sepuluh huruf").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_nobodys_password_costs_the_same_work() -> None:
    """Whether a login exists must not be told by the time that the answer takes."""
    calls: list[str] = []

    def count(function: object, password_hash: str, password: str) -> bool:
        calls.append(password_hash.rsplit("$", 2)[0])
        return True

    passwords = Passwords(run=count)
    passwords.verify("sepuluh huruf", None)
    passwords.verify("sepuluh huruf", Passwords().hash("sepuluh huruf"))
    assert calls[0] == calls[1]
