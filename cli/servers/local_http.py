"""HTTP to programs on this machine: never through a proxy that the environment names."""

import httpx

LOCAL_HTTP = httpx.Client(timeout=10, trust_env=False)
