"""GetRandomPassword."""

import string

import pytest

from expect import one_violation, refused

PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
CLASSES = {
    "ExcludeUppercase": string.ascii_uppercase,
    "ExcludeLowercase": string.ascii_lowercase,
    "ExcludeNumbers": string.digits,
    "ExcludePunctuation": PUNCTUATION,
}
TOO_SHORT = "Password length is too short based on the required types."
CLASS_EMPTIED = "All characters of the desired type have been excluded."
NOTHING_LEFT = "All characters have been excluded from selection."


@pytest.fixture
def password(shared_aws):
    return lambda **members: shared_aws.get_random_password(**members)["RandomPassword"]


def test_a_password_has_32_characters_of_every_class_but_no_space(password):
    for _ in range(50):
        made = password()
        assert len(made) == 32
        assert all(set(made) & set(characters) for characters in CLASSES.values())
        assert set(made) <= set("".join(CLASSES.values()))


def test_no_two_passwords_are_equal(password):
    assert len({password() for _ in range(100)}) == 100


@pytest.mark.parametrize("length", [4, 5, 4096])
def test_a_password_has_the_length_asked_for(password, length):
    assert len(password(PasswordLength=length)) == length


@pytest.mark.parametrize("flag", CLASSES)
def test_an_excluded_class_does_not_appear(password, flag):
    assert not set(password(PasswordLength=1000, **{flag: True})) & set(CLASSES[flag])


def test_excluded_characters_do_not_appear(password):
    assert not set(password(PasswordLength=2000, ExcludeCharacters="aA1/@\"'\\")) & set("aA1/@\"'\\")


def test_space_appears_only_when_included(password):
    assert " " in password(PasswordLength=4096, IncludeSpace=True)


def test_space_is_never_a_required_class(password):
    assert len(password(PasswordLength=4, IncludeSpace=True)) == 4


@pytest.mark.parametrize(
    "value, constraint",
    [
        (0, "Member must have value greater than or equal to 1"),
        (4097, "Member must have value less than or equal to 4096"),
    ],
)
def test_a_length_outside_1_to_4096_is_refused(unchecked, value, constraint):
    with refused("ValidationException", one_violation("passwordLength", constraint, f"'{value}'")):
        unchecked.get_random_password(PasswordLength=value)


def test_a_length_below_the_number_of_required_classes_is_refused(password):
    with refused("InvalidParameterException", TOO_SHORT):
        password(PasswordLength=3)
    assert len(password(PasswordLength=3, ExcludeNumbers=True)) == 3


def test_a_required_class_without_characters_is_refused(password):
    with refused("InvalidParameterException", CLASS_EMPTIED):
        password(ExcludeCharacters=string.digits)


def test_classes_that_are_not_required_may_be_empty_and_the_password_short(password):
    made = password(
        ExcludeCharacters=string.digits, RequireEachIncludedType=False, PasswordLength=1
    )
    assert len(made) == 1 and made not in string.digits


def test_a_password_of_no_characters_at_all_is_refused(password):
    with refused("InvalidParameterException", NOTHING_LEFT):
        password(**{flag: True for flag in CLASSES})
