"""The timed suite runs only when it is named: `pytest tests/bench`."""

from pathlib import Path

from tests.whole_point import house, whole_point  # noqa: F401 -- fixtures

HERE = Path(__file__).parent


def pytest_ignore_collect(collection_path: Path, config) -> bool | None:
    named = (Path(str(arg).split("::")[0]).resolve() for arg in config.args)
    return None if any(place == HERE or HERE in place.parents for place in named) else True
