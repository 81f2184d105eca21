"""HTTP to programs on this machine: never through a proxy that the environment names."""

import httpx

LOCAL_HTTP = httpx.Client(timeout=10, trust_env=False)


def answers_well(url: str) -> bool:
    """Whether a GET is answered with success; a program that is away or busy is simply not well."""
    try:
        return LOCAL_HTTP.get(url).is_success
    except httpx.TransportError:
        return False
