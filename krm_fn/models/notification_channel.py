"""ObservabilityAlertsNotificationChannel."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from krm_fn.models.part import Kind, Part, Port
from krm_fn.models.references import KeyReference

EmailAddress = Annotated[
    str,
    Field(
        pattern=r"^[a-zA-Z0-9.!#$%&'*+/=?^_~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
        r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*$"
    ),
]


class SecretValue(Part):
    """A value from a Secret."""

    secret_key_ref: KeyReference | None = None
    """Key of the Secret."""


class SmtpAuthentication(Part):
    """How to log in to the mail server."""

    username: SecretValue
    """User name."""
    password: SecretValue
    """Password."""


class SmtpEncryption(Part):
    """How the connection to the mail server is encrypted."""

    insecure_skip_verify: bool = False
    """Whether to accept any certificate."""


class MailServer(Part):
    """The mail server."""

    host: str
    """Host name."""
    port: Port
    """Port."""
    auth: SmtpAuthentication
    """How to log in."""
    tls: SmtpEncryption
    """How the connection is encrypted."""


class MailTemplate(Part):
    """Text of a mail."""

    subject: str
    """Subject, with `${…}` expressions."""
    body: str
    """Body, with `${…}` expressions."""


class MailChannel(Part):
    """Notification by mail."""

    from_: EmailAddress = Field(alias="from")
    """Sender."""
    to: Annotated[list[EmailAddress], Field(min_length=1)]
    """Recipients."""
    smtp: MailServer
    """The mail server."""
    template: MailTemplate
    """Text of the mail."""


class HeaderValue(Part):
    """The value of an HTTP header; exactly one source is set."""

    value: str | None = None
    """The value itself."""
    value_from: SecretValue | None = None
    """Where the value is kept."""


class WebhookChannel(Part):
    """Notification by HTTP call."""

    url: Annotated[str, Field(json_schema_extra={"format": "uri"})]
    """Address to call."""
    headers: dict[str, HeaderValue] | None = None
    """HTTP headers."""
    payload_template: str | None = None
    """Body of the call, with `${…}` expressions."""


class NotificationChannelSpec(Part):
    """How people hear of alerts."""

    environment: str
    """Name of the environment."""
    is_env_default: bool = False
    """Whether alert rules without a channel use this one."""
    type: Literal["email", "webhook"]
    """Means of notification."""
    email_config: MailChannel | None = None
    """Settings of an email channel."""
    webhook_config: WebhookChannel | None = None
    """Settings of a webhook channel."""


class ObservabilityAlertsNotificationChannel(Kind):
    """A way to tell people of alerts in an environment."""

    kind: Literal["ObservabilityAlertsNotificationChannel"]
    """Kind of the resource."""
    spec: NotificationChannelSpec
    """How people hear of alerts."""
