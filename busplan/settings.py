"""One frozen Settings, read once from the environment (``BUSPLAN_...``)."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where things are kept and how busplan is served.

    Every field is an environment variable: ``BUSPLAN_DATABASE_URL``, ``BUSPLAN_DATA_DIR``, ...
    ``tile_url`` names a tile server for the maps, for instance the county's own; empty, the
    default, means that maps ask nobody. ``public_url`` is the folder at which the world reads the
    pages, for links in calendars, data and posters; empty, the default, means no such links.
    """

    model_config = SettingsConfigDict(env_prefix="BUSPLAN_", frozen=True)

    database_url: str = "sqlite:///var/busplan.db"
    data_dir: Path = Path("data/kreis-dueren")
    maps_dir: Path = Path("maps")
    cache_dir: Path = Path("var/cache")
    faults_dir: Path = Path("var/faults")
    tile_url: str = ""
    tile_attribution: str = ""
    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    refresh_seconds: float = 1.0
    max_body_bytes: int = 64 * 1024
