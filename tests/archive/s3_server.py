"""A real S3 server on loopback, where one is installed: see `make test-storage`."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def s3_server(environment: pytest.MonkeyPatch) -> Iterator[str]:
    """The server's address, which the environment then names to every client."""
    moto = pytest.importorskip("moto.server", reason="make test-storage has an S3 server")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        endpoint = "http://{}:{}".format(*server.get_host_and_port())
        for name, value in _ENVIRONMENT.items():
            environment.setenv(name, value)
        environment.setenv("AWS_ENDPOINT_URL", endpoint)
        yield endpoint
    finally:
        server.stop()


def bucket(endpoint: str, name: str) -> str:
    """Make an empty bucket of about that name."""
    import boto3

    found = re.sub("[^a-z0-9]+", "-", f"archive-{name}".lower())[:60].strip("-")
    boto3.client("s3", endpoint_url=endpoint).create_bucket(Bucket=found)
    return found


_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "tester",
    "AWS_SECRET_ACCESS_KEY": "not-a-secret",
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ALLOW_HTTP": "true",
}
