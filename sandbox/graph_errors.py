"""The errors of Meta's Graph API, in its envelope.

Source: WhatsApp Cloud API, "Error codes" (v23.0); Graph API, "Handle errors". Codes and wording as
answered by the real service.
"""

import secrets

import falcon

_MESSAGES = {
    1: "An unknown error occurred",
    100: "(#100) Invalid parameter",
    190: "Invalid OAuth access token - Cannot parse access token",
    130429: "(#130429) Rate limit hit",
    131008: "(#131008) Required parameter is missing",
    131009: "(#131009) Parameter value is not valid",
    131026: "(#131026) Message undeliverable",
    131051: "(#131051) Unsupported message type",
    132000: "(#132000) Number of parameters does not match the expected number of params",
    132001: "(#132001) Template name does not exist in the translation",
    132005: "(#132005) Translated text too long",
    132012: "(#132012) Parameter format does not match format in the created template",
    132018: "(#132018) There's an issue with the parameters in your template",
}
_STATUS = {1: 500, 190: 401, 130429: 429}


class GraphError(Exception):
    """A request that the Graph API refuses with a code; `details` says what is wrong with it."""

    def __init__(self, code: int, details: str) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details


async def answer(_req: object, resp: falcon.Response, error: GraphError, _params: object) -> None:
    """Answer as the Graph API does; a falcon error handler."""
    resp.status = _STATUS.get(error.code, 400)
    resp.media = {
        "error": {
            "message": _MESSAGES[error.code],
            "type": "OAuthException",
            "code": error.code,
            "error_data": {"messaging_product": "whatsapp", "details": error.details},
            "fbtrace_id": secrets.token_urlsafe(11),
        }
    }
