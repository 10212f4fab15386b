"""Pictures by signed address: the signature is the key, so that a carrier can fetch one too."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Response

from dobby.vision.pictures import PictureError, PictureGone, Pictures

HEADERS = {"Cache-Control": "private, max-age=600"}


def router(pictures: Pictures) -> APIRouter:
    """``GET /pictures/ID.jpg?e=EXPIRES&s=SIGNATURE``: 403 for an address that is not, or no
    longer, ours; 404 for a picture that is not kept any more."""
    routes = APIRouter()

    @routes.api_route("/pictures/{picture}.jpg", methods=["GET", "HEAD"])
    async def picture(
        picture: str,
        expires: Annotated[str, Query(alias="e", max_length=20)] = "",
        signature: Annotated[str, Query(alias="s", max_length=100)] = "",
    ) -> Response:
        try:
            if not pictures.opens(picture, expires, signature):
                raise HTTPException(403, "This address is not good any more.")
            jpeg = await pictures.load(picture)
        except PictureGone as error:
            raise HTTPException(404, str(error)) from error
        except PictureError as error:
            raise HTTPException(503, str(error)) from error
        return Response(jpeg, media_type="image/jpeg", headers=HEADERS)

    return routes
