"""Fixtures of this folder."""

from tests.integration.sandbox.provider import mailbox, phone, running_sandbox, sandbox

__all__ = ["mailbox", "phone", "running_sandbox", "sandbox"]
