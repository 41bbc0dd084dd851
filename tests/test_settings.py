"""Settings come from a file and the command line, are checked once, and never change."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaltool.model import InputError, Profile
from evaltool.settings import Settings, load


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold() -> None:
    assert load(None, {}) == Settings()
    assert (Settings().reference, Settings().variants, Settings().out) == ("reference", "seeds", "reports/latest")


@pytest.mark.parametrize("head", ["", "[tool.evaltool]\n"])
def test_settings_stand_at_the_top_of_a_file_or_in_its_table(head: str, empty_folder: Path) -> None:
    path = write(
        empty_folder / "e.toml", f'{head}language = "de"\nworkers = 2\ntables = ["csv"]\nprofile = "summary"\n'
    )
    found = load(path, {})
    assert (found.language, found.workers, found.tables, found.profile) == ("de", 2, ("csv",), Profile.SUMMARY)


def test_folders_of_a_file_are_relative_to_that_file(empty_folder: Path) -> None:
    write(empty_folder / "sub" / "e.toml", 'reference = "r"\nvariants = "../v"\nout = "o"\nmodel = "m"\n')
    (empty_folder / "sub" / "m").mkdir()
    found = load(Path("sub/e.toml"), {})
    assert (found.reference, found.variants, found.out, found.model) == ("sub/r", "sub/../v", "sub/o", "sub/m")


def test_an_absolute_folder_stays_as_it_is(empty_folder: Path) -> None:
    absolute = str(empty_folder / "texts")
    path = write(empty_folder / "sub" / "e.toml", f"reference = '{absolute}'\n")
    assert load(path, {}).reference == absolute


def test_a_model_that_is_no_folder_beside_the_file_is_a_name(empty_folder: Path) -> None:
    path = write(empty_folder / "sub" / "e.toml", 'model = "all-mpnet-base-v2"\n')
    assert load(path, {}).model == "all-mpnet-base-v2"


def test_the_command_line_wins_and_its_folders_are_taken_as_they_are(empty_folder: Path) -> None:
    path = write(empty_folder / "sub" / "e.toml", 'reference = "r"\nvariants = "v"\nworkers = 2\n')
    found = load(path, {"reference": "mine", "workers": 3, "tables": ("parquet",), "profile": "rereport"})
    assert (found.reference, found.workers, found.tables) == ("mine", 3, ("parquet",))
    assert (found.variants, found.profile) == (str(empty_folder / "sub" / "v"), Profile.REREPORT)


def test_a_pyproject_file_is_found_and_may_say_nothing(empty_folder: Path) -> None:
    path = write(empty_folder / "pyproject.toml", '[project]\nname = "x"\n')
    assert load(None, {}) == Settings()
    write(path, '[tool.evaltool]\nlanguage = "fr"\n')
    assert load(None, {}).language == "fr"


def test_a_pyproject_file_that_is_named_must_say_something(empty_folder: Path) -> None:
    path = write(empty_folder / "pyproject.toml", '[project]\nname = "x"\n')
    with pytest.raises(InputError, match=r"pyproject\.toml: has no table \[tool\.evaltool\]; add one"):
        load(path, {})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('referense = "x"', ["unknown setting `referense`", "the settings are reference, variants"]),
        ('workers = "two"', ["setting 'workers'", "`int`, got `str`"]),
        ("workers = 0", ["setting 'workers'", ">= 1"]),
        ("workers = true", ["setting 'workers'", "`int`, got `bool`"]),
        ("workers = 1000", ["setting 'workers'", "<= 256"]),
        ("reference = 3", ["setting 'reference'", "`str`, got `int`"]),
        ('tables = "csv"', ["setting 'tables'", "`array`, got `str`"]),
        ('tables = ["csv", "xlsx"]', ["setting 'tables' is 'xlsx'", "csv, parquet"]),
        ('language = "English"', ["setting 'language'"]),
        ('encoding = "latin-9"', ["setting 'encoding' is 'latin-9'", "utf-8, cp1252"]),
        ('profile = "poem"', ["setting 'profile'", "'poem'", "translation, paraphrase, summary, rereport"]),
        ('[profiles]\na = "poem"', ["setting 'profiles", "'poem'", "translation, paraphrase, summary, rereport"]),
        ('profiles = "summary"', ["setting 'profiles'", "`object`, got `str`"]),
        ("reference = ", ["cannot be read as TOML", "line 1"]),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_the_file_the_setting_and_the_remedy(
    text: str, says: list[str], empty_folder: Path
) -> None:
    path = write(empty_folder / "e.toml", text + "\n")
    with pytest.raises(InputError) as caught:
        load(path, {})
    message = str(caught.value)
    assert "\n" not in message and message.startswith(f"{path}: ")
    assert [part for part in says if part not in message] == [], message


@pytest.mark.parametrize("overrides", [{"workers": 0}, {"profile": "poem"}, {"colour": "red"}])
def test_a_wrong_option_is_blamed_on_the_command_line(overrides: dict[str, object], empty_folder: Path) -> None:
    path = write(empty_folder / "e.toml", 'language = "de"\n')
    with pytest.raises(InputError, match=r"^command line: "):
        load(path, overrides)


@pytest.mark.parametrize(("name", "says"), [("nowhere.toml", "no such settings file"), (".", "is a folder")])
def test_a_settings_file_that_is_none_is_named(name: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        load(Path(name), {})


def test_a_file_that_is_not_utf8_is_no_settings_file(empty_folder: Path) -> None:
    (empty_folder / "e.toml").write_bytes(b'reference = "caf\xe9"\n')
    with pytest.raises(InputError, match="cannot be read as TOML"):
        load(empty_folder / "e.toml", {})


def test_settings_never_change() -> None:
    with pytest.raises(AttributeError):
        Settings().workers = 2  # type: ignore[misc]


def test_a_system_has_its_own_profile_or_the_general_one() -> None:
    some = Settings(profile=Profile.SUMMARY, profiles={"a": Profile.PARAPHRASE})
    assert (some.profile_of("a"), some.profile_of("b")) == (Profile.PARAPHRASE, Profile.SUMMARY)


@pytest.mark.parametrize(
    ("change", "judges"),
    [
        ({"workers": 4}, False),
        ({"out": "elsewhere"}, False),
        ({"tables": ("csv",)}, False),
        ({"language": "de"}, True),
        ({"profile": Profile.SUMMARY}, True),
        ({"profiles": {"a": Profile.SUMMARY}}, True),
    ],
)
def test_only_what_can_change_a_result_enters_the_signature(change: dict[str, object], judges: bool) -> None:
    assert (Settings(**change).judging() != Settings().judging()) is judges  # type: ignore[arg-type]
