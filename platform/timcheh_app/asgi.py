"""The ASGI application: what all modules' routes become. Granian calls `create_app`."""

from litestar import Litestar, get


@get("/health", sync_to_thread=False)
def health() -> dict[str, str]:
    return {"status": "ok"}


def create_app() -> Litestar:
    from timcheh_app.services.orphan import die_with_parent

    die_with_parent()
    return Litestar([health])
