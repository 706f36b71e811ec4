"""Applies a directory of numbered SQL files with Alembic: `upgrade.py <directory> <database>`."""

import pathlib
import sys

from alembic import command
from alembic.config import Config

ENVIRONMENT = """
from alembic import context
from sqlalchemy import create_engine

with create_engine(context.config.get_main_option("sqlalchemy.url")).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""

REVISION = """
from alembic import op

revision = {revision!r}
down_revision = {before!r}


def upgrade():
    op.execute({sql!r})
"""

directory, database = map(pathlib.Path, sys.argv[1:])
scripts = database.with_suffix(".alembic")
(scripts / "versions").mkdir(parents=True, exist_ok=True)
(scripts / "env.py").write_text(ENVIRONMENT)
before = None
for file in sorted(directory.glob("*.sql")):
    revision = file.name.split("_")[0]
    text = REVISION.format(revision=revision, before=before, sql=file.read_text())
    (scripts / "versions" / f"{file.stem}.py").write_text(text)
    before = revision

config = Config()
config.set_main_option("script_location", str(scripts))
config.set_main_option("sqlalchemy.url", f"sqlite:///{database}")
command.upgrade(config, "head")
