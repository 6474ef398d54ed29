"""A key as somebody types it from a sheet of paper: groups of letters and digits with a check.

The letters are those of Crockford's base 32, which has no I, L, O and U: I and L are read as 1
and O as 0, whatever the capitals, spaces and hyphens. The check is the CRC-24 of RFC 9580 (6.1):
it finds every wrong character, every two that changed places and nearly all else.
"""

from __future__ import annotations

from oscb_desktop.errors import UserError

KEY_BYTES = 32
GROUP = 4
_CHECK_BYTES = 3
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ = {letter: place for place, letter in enumerate(_LETTERS)} | {"O": 0, "I": 1, "L": 1}
_LENGTH = (KEY_BYTES + _CHECK_BYTES) * 8 // 5
_NEARLY = range(_LENGTH - 8, _LENGTH + 9)
_BETWEEN = str.maketrans("", "", " -–—\t\r\n\u00a0\u2009\u202f")
_START, _POLYNOMIAL = 0xB704CE, 0x864CFB


def groups(key: bytes) -> tuple[str, ...]:
    """Return a key of 32 bytes as fourteen groups of four characters, the check in the last."""
    number = int.from_bytes(key + _check(key), "big")
    letters = "".join(_LETTERS[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    return tuple(letters[at : at + GROUP] for at in range(0, _LENGTH, GROUP))


def key_of(typed: str) -> bytes:
    """Return the key that was typed; raises ``UserError`` that says what is wrong with it."""
    letters = _letters(typed)
    strange = next((letter for letter in letters if letter not in _READ), None)
    if strange is not None:
        raise UserError(f"A recovery key has no “{strange}”. Compare it with the sheet.")
    if len(letters) != _LENGTH:
        raise UserError(
            f"A recovery key has {_LENGTH // GROUP} groups of {GROUP} characters, {_LENGTH} in "
            f"all; {len(letters)} were typed. Compare it with the sheet."
        )
    number = 0
    for letter in letters:
        number = number << 5 | _READ[letter]
    whole = number.to_bytes(KEY_BYTES + _CHECK_BYTES, "big")
    key, check = whole[:KEY_BYTES], whole[KEY_BYTES:]
    if _check(key) != check:
        raise UserError(
            "There is a mistake in the recovery key as it was typed. Compare each group with the "
            "sheet."
        )
    return key


def is_recovery_text(typed: str) -> bool:
    """Say whether this is a whole recovery key; a passphrase is one by chance never."""
    try:
        key_of(typed)
    except UserError:
        return False
    return True


def looks_like_recovery_text(typed: str) -> bool:
    """Say whether somebody may have meant a recovery key, be it mistyped or of another length."""
    letters = _letters(typed)
    return len(letters) in _NEARLY and all(letter in _READ for letter in letters)


def _letters(typed: str) -> str:
    return typed.translate(_BETWEEN).upper()


def _check(key: bytes) -> bytes:
    check = _START
    for byte in key:
        check ^= byte << 16
        for _ in range(8):
            check <<= 1
            if check & 0x1000000:
                check ^= 0x1000000 | _POLYNOMIAL
    return check.to_bytes(_CHECK_BYTES, "big")
