"""The database kernel: scopes, units of work, table declarations."""

from timcheh.db.base import Base, access
from timcheh.db.database import Database
from timcheh.db.scope import Role, Scope
from timcheh.db.spelled import spelled
from timcheh.db.uow import UnitOfWork

__all__ = ["Base", "Database", "Role", "Scope", "UnitOfWork", "access", "spelled"]
