"""What clients of services that are not here are told."""

import pytest
from botocore.exceptions import ClientError

from conftest import make_client

CALLS = [
    ("lambda", "Invoke", lambda client: client.invoke(FunctionName="f", Payload=b"{}")),
    ("lambda", "GET /2015-03-31/functions", lambda client: client.list_functions()),
    ("dynamodb", "ListTables", lambda client: client.list_tables()),
    ("s3", "ListBuckets", lambda client: client.list_buckets()),
    ("s3", "PutObject", lambda client: client.put_object(Bucket="bucket", Key="a/b", Body=b"x")),
    ("sqs", "ListQueues", lambda client: client.list_queues()),
    ("ec2", "DescribeInstances", lambda client: client.describe_instances()),
    ("events", "PutEvents", lambda client: client.put_events(Entries=[{"Source": "s"}])),
]


@pytest.mark.parametrize("service, operation, call", CALLS, ids=[f"{row[0]} {row[1]}" for row in CALLS])
def test_a_call_of_another_service_is_no_question_of_permission(server, account, service, operation, call):
    with pytest.raises(ClientError) as caught:
        call(make_client(server.url, key=account, service=service, attempts=3))
    error = caught.value.response["Error"]
    assert error["Code"] in ("UnknownOperationException", "NotImplemented", "InvalidAction")
    assert service in error["Message"] and operation in error["Message"]
    assert "denied" not in str(caught.value).lower() and "authorized" not in str(caught.value)
    assert caught.value.response["ResponseMetadata"]["RetryAttempts"] == 0
