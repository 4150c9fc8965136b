"""Views somebody wants to be told of when their rows change (VT-144)."""

from __future__ import annotations

import peewee

from channergy_crm.store import database


class WatchRow(peewee.Model):
    """That an operator watches a view: its filter, how many rows it had and which, when they were told last.

    The program's own bookkeeping, in no journal. `keys` is "" for a view of more rows than are kept; `turn` goes up
    with every telling, so that two windows never tell the same. `new` is how many rows came since they looked at the
    view last, `new_keys` which, "" where that is not known one by one.
    """

    number = peewee.AutoField(column_name="WatchNo")
    view = peewee.IntegerField(column_name="ViewNo")
    operator = peewee.CharField(column_name="OperatorID", max_length=10)
    text = peewee.TextField(column_name="FilterText", default="")
    seen = peewee.DateTimeField(column_name="LastSeenDt")
    count = peewee.IntegerField(column_name="RowsThen", default=0)
    keys = peewee.TextField(column_name="RecordNos", default="")
    turn = peewee.IntegerField(column_name="TurnNo", default=0)
    new = peewee.IntegerField(column_name="NewCount", default=0)
    new_keys = peewee.TextField(column_name="NewRecordNos", default="")

    class Meta:
        database = database.proxy
        table_name = "CRMWatchedViews"
        legacy_table_names = False
        indexes = ((("operator", "view"), True),)
