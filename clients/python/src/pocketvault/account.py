"""An account in a vault."""

from __future__ import annotations

import dataclasses
import typing

if typing.TYPE_CHECKING:
    from .server import Pocketvault


@dataclasses.dataclass(frozen=True)
class VaultAccount:
    """An account of its own; what is in it nobody else sees. Dropped at the end of a `with`."""

    server: Pocketvault = dataclasses.field(repr=False)
    account: str
    access_key_id: str
    secret_access_key: str = dataclasses.field(repr=False)
    region: str = "us-east-1"

    @property
    def endpoint(self) -> str:
        return self.server.endpoint

    @property
    def environment(self) -> dict[str, str]:
        """What SDKs and the AWS CLI read."""
        return {
            "AWS_ENDPOINT_URL_SECRETS_MANAGER": self.endpoint,
            "AWS_ACCESS_KEY_ID": self.access_key_id,
            "AWS_SECRET_ACCESS_KEY": self.secret_access_key,
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def client(self, service: str = "secretsmanager", **options):
        """A boto3 client in this account, of any service that the vault has."""
        import boto3

        return boto3.client(
            service,
            endpoint_url=self.endpoint,
            aws_access_key_id=self.access_key_id,
            aws_secret_access_key=self.secret_access_key,
            region_name=self.region,
            **options,
        )

    def drop(self) -> None:
        """Removes the account with all that is in it."""
        self.server.drop_account(self.account)

    def __enter__(self) -> VaultAccount:
        return self

    def __exit__(self, *_) -> None:
        self.drop()
