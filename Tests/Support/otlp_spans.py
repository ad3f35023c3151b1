"""Reads requests of OTLP/HTTP JSON, one a line, by the protocol's own definition: the package opentelemetry-proto.

A member that the definition does not have, or a value of another type, is an error. Prints each span as JSON, one a line.
Its JSON differs from that of Protocol Buffers in one point: ids are hexadecimal, not base64.
"""

import base64
import json
import sys

from google.protobuf import json_format
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

LENGTHS = {"traceId": 32, "spanId": 16, "parentSpanId": 16}


def with_base64(value):
    if isinstance(value, list):
        return [with_base64(one) for one in value]
    if not isinstance(value, dict):
        return value
    result = {}
    for key, member in value.items():
        if key in LENGTHS:
            if len(member) != LENGTHS[key] or member != member.lower():
                raise ValueError(f"{key} is not of {LENGTHS[key]} digits in lower case: {member}")
            member = base64.b64encode(bytes.fromhex(member)).decode()
        result[key] = with_base64(member)
    return result


def attributes(pairs):
    return {pair.key: getattr(pair.value, pair.value.WhichOneof("value")) for pair in pairs}


for line in sys.stdin:
    request = json_format.ParseDict(with_base64(json.loads(line)), ExportTraceServiceRequest())
    for resource in request.resource_spans:
        for scope in resource.scope_spans:
            for span in scope.spans:
                print(
                    json.dumps(
                        {
                            "resource": attributes(resource.resource.attributes),
                            "scope": scope.scope.name,
                            "trace": span.trace_id.hex(),
                            "span": span.span_id.hex(),
                            "parent": span.parent_span_id.hex(),
                            "name": span.name,
                            "kind": Span.SpanKind.Name(span.kind),
                            "status": Status.StatusCode.Name(span.status.code),
                            "flags": span.flags,
                            "lasts": span.end_time_unix_nano - span.start_time_unix_nano,
                            "starts": span.start_time_unix_nano,
                            "attributes": attributes(span.attributes),
                        }
                    )
                )
