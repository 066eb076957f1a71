"""Settings: where they come from, and what is said about wrong ones."""

from pathlib import Path

import pytest

from timcheh.db import Role
from timcheh.settings import Settings, SettingsError, load_settings
from timcheh.settings_reference import reference

SERVER = "postgresql://admin:p%40ss@db.example:6432/loyalty?application_name=x"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import os

    for name in [name for name in os.environ if name.startswith("TIMCHEH_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TIMCHEH_DATA_DIR", str(tmp_path / "data"))


def test_the_command_line_beats_the_environment_which_beats_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "timcheh.toml"
    file.write_text('port = 1001\nhost = "::1"\nweb_workers = 3\n')
    monkeypatch.setenv("TIMCHEH_CONFIG", str(file))
    monkeypatch.setenv("TIMCHEH_PORT", "1002")
    monkeypatch.setenv("TIMCHEH_WEB_WORKERS", "2")
    settings = load_settings(port=1003)
    assert (settings.port, settings.web_workers, settings.host) == (1003, 2, "::1")


def test_the_file_in_the_data_directory_is_found(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "timcheh.toml").write_text("port = 1004")
    assert load_settings().port == 1004


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("TIMCHEH_PORT", "eighty", "TIMCHEH_PORT=eighty"),
        ("TIMCHEH_PORT", "70000", "less than or equal to 65535"),
        ("TIMCHEH_PROT", "80", "did you mean TIMCHEH_PORT?"),
        ("TIMCHEH_DATABASE_URL", "mysql://root@host/x", "postgresql://user:password@host/database"),
        ("TIMCHEH_DATABASE_URL", "postgresql://host/x", "postgresql://user:password@host/database"),
        ("TIMCHEH_REDIS_URL", "http://host", "redis://host:6379/0"),
        ("TIMCHEH_LOG_LEVEL", "loud", "'debug', 'info', 'warning' or 'error'"),
        ("TIMCHEH_PUBLIC_URL", "club.example.ir", "https://club.example.ir"),
        ("TIMCHEH_CONFIG", "/no/such/file", "there is no file /no/such/file"),
    ],
)
def test_a_wrong_value_is_refused_with_its_mend(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, said: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert variable in str(refused.value)
    assert said in str(refused.value)
    assert "Mend: " in str(refused.value)


def test_a_short_secret_is_refused_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMCHEH_SECRET_KEY", "hunter2")
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert "TIMCHEH_SECRET_KEY" in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_a_wrong_line_in_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    file = tmp_path / "data" / "timcheh.toml"
    file.write_text("web_workers = 0")
    with pytest.raises(SettingsError, match=r"web_workers in .*timcheh\.toml=0"):
        load_settings()
    file.write_text("web-workers = ")
    with pytest.raises(SettingsError, match="not readable as TOML"):
        load_settings()


def test_a_data_directory_of_someone_else_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "elsewhere"
    target.mkdir()
    (tmp_path / "link").symlink_to(target)
    monkeypatch.setenv("TIMCHEH_DATA_DIR", str(tmp_path / "link"))
    with pytest.raises(SettingsError, match="can't be used"):
        load_settings()


def test_the_secret_key_is_made_once() -> None:
    first = load_settings().secret_key.get_secret_value()
    assert len(first) >= 32
    assert load_settings().secret_key.get_secret_value() == first
    assert first not in repr(load_settings())


def test_embedded_servers_are_reached_over_sockets(tmp_path: Path) -> None:
    settings = load_settings()
    run = tmp_path / "data" / "run"
    assert settings.dsn(Role.APP) == f"postgresql://timcheh_app@/timcheh?host={run}"
    assert settings.redis_url == f"unix://{run}/valkey.sock?db=0"
    assert settings.embedded_database
    assert settings.embedded_redis


def test_an_existing_server_gets_roles_with_passwords_of_their_own() -> None:
    settings = load_settings(database_url=SERVER, redis_url="redis://cache:6379/1")
    passwords = {settings.role_password(role) for role in Role}
    assert len(passwords) == len(Role)
    expected = (
        f"postgresql://timcheh_member:{settings.role_password(Role.MEMBER)}"
        "@db.example:6432/loyalty?application_name=x"
    )
    assert settings.dsn(Role.MEMBER) == expected
    assert settings.superuser_dsn == SERVER
    assert not settings.embedded_database
    assert not settings.embedded_redis


def test_a_child_process_reads_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings(port=4321, database_url=SERVER, dev_inbox=True)
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)
    assert load_settings() == settings


def test_the_directory_of_sockets_fits_into_an_address(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / ("d" * 90))
    assert len(str(settings.directory.run / ".s.PGSQL.5432.lock")) <= 107
    assert settings.directory.run == Settings(data_dir=tmp_path / ("d" * 90)).directory.run
    assert settings.directory.run != Settings(data_dir=tmp_path / ("e" * 90)).directory.run


def test_the_documentation_is_what_the_settings_say() -> None:
    written = Path(__file__).parents[2] / "docs" / "settings.md"
    assert written.read_text("utf-8") == reference(), "run `make docs`"
