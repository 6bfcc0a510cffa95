"""A throttle for pages that anybody may open, shared by all processes: one row of the cache's table, one query.

The cache's own `incr` reads and then writes, so that two processes would count one visit for two.
"""

from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

NETWORK = 64
COUNT = """
    INSERT INTO {table} AS kept (cache_key, value, expires)
    VALUES (%s, '1', clock_timestamp() + interval '1 minute')
    ON CONFLICT (cache_key) DO UPDATE SET
        value = CASE WHEN kept.expires <= clock_timestamp() THEN '1' ELSE (kept.value::integer + 1)::text END,
        expires = CASE WHEN kept.expires <= clock_timestamp() THEN EXCLUDED.expires ELSE kept.expires END
    RETURNING value::integer
"""


def within_limit(request: HttpRequest, name: str, *, a_minute: int) -> bool:
    """Count this visit to what is called `name`; whether its visitor's address has made at most `a_minute` of them.

    The minute runs from the first visit. The address itself is not kept, only a keyed digest of it; an IPv6 address
    counts as its network of 64 bits, which one visitor has to themselves.
    """
    key = salted_hmac(f"throttle.{name}", _network(get_adapter().get_client_ip(request))).hexdigest()
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(table=table), [cache.make_key(f"throttle:{key}")])
        (visits,) = cursor.fetchone()
    return visits <= a_minute


def _network(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(ip_network(f"{known}/{NETWORK}", strict=False)) if isinstance(known, IPv6Address) else address
