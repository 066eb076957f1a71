"""The API's documentation for people: Swagger UI, vendored, under our own policy."""

from typing import Any, Final

from litestar import Response, get

from timcheh.web.context import AnyRequest, context_of
from timcheh.web.openapi import API_PREFIX
from timcheh.web.render import asset

_PAGE: Final = """<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Timcheh API</title>
<link rel="icon" href="{icon}" type="image/svg+xml">
<link rel="stylesheet" href="{css}">
</head>
<body>
<div id="swagger-ui"></div>
<script nonce="{nonce}" src="{js}"></script>
<script nonce="{nonce}">
SwaggerUIBundle({{
  url: "{url}",
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
}});
</script>
</body>
</html>
"""


@get(f"{API_PREFIX}/docs", include_in_schema=False, sync_to_thread=False)
def api_docs(request: AnyRequest) -> Response[Any]:
    """Swagger UI over `/api/v1/openapi.json`."""
    page = _PAGE.format(
        icon=asset("favicon.svg"),
        css=asset("vendor/swagger-ui/swagger-ui.css"),
        js=asset("vendor/swagger-ui/swagger-ui-bundle.js"),
        url=f"{API_PREFIX}/openapi.json",
        nonce=context_of(request).nonce,
    )
    return Response(page, media_type="text/html")
