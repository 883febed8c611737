"""`POST /ingest`: upload of a table."""

from fastapi import APIRouter

router = APIRouter(tags=["ingest"])
