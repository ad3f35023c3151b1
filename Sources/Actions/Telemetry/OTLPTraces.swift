import JSON
import Platform

/// The body of a request that exports spans: OTLP/HTTP with JSON
/// (https://opentelemetry.io/docs/specs/otlp/#otlphttp, "JSON Protobuf Encoding": ids are hexadecimal, enumerations are numbers,
/// integers of 64 bits are texts).
struct OTLPTraces {
    let service: String
    /// `deployment.environment.name`
    let environment: String

    func body(_ spans: [Span]) -> [UInt8] {
        if spans.isEmpty { return (["resourceSpans": []] as JSONValue).serialized() }
        let resource: [(name: String, value: Span.Value)] = [
            ("service.name", .text(service)), ("service.version", .text(Version.text)),
            ("deployment.environment.name", .text(environment)), ("telemetry.sdk.name", .text("hookledger")),
            ("telemetry.sdk.language", .text("swift")), ("telemetry.sdk.version", .text(Version.text)),
        ]
        let scope: JSONValue = [
            "scope": ["name": "hookledger", "version": .string(Version.text)], "spans": .array(spans.map(Self.span)),
        ]
        let all: JSONValue = [
            "resourceSpans": [["resource": ["attributes": Self.attributes(resource)], "scopeSpans": [scope]]]
        ]
        return all.serialized()
    }

    private static func span(_ span: Span) -> JSONValue {
        var members: [(String, JSONValue)] = [("traceId", .string(span.traceID)), ("spanId", .string(span.spanID))]
        if let parent = span.parentID { members.append(("parentSpanId", .string(parent))) }
        members += [
            ("flags", .number(JSONNumber(flags(span)))), ("name", .string(span.name)),
            ("kind", .number(JSONNumber(span.kind.rawValue))), ("startTimeUnixNano", time(span.start)),
            ("endTimeUnixNano", time(span.end)), ("attributes", attributes(span.attributes)),
        ]
        // Unset is right for what did not fail: 1 would be the judgement of a person.
        if span.isFailed { members.append(("status", ["code": 2])) }
        return .object(JSONObject(distinct: members.map { JSONObject.Member(key: $0.0, value: $0.1) }))
    }

    /// Sampled; and whether the parent is remote, which is known of each.
    private static func flags(_ span: Span) -> Int64 {
        0x101 | (span.parentID != nil && span.isParentRemote ? 0x200 : 0)
    }

    private static func time(_ microseconds: Int64) -> JSONValue { .string("\(max(0, microseconds) * 1000)") }

    private static func attributes(_ attributes: [(name: String, value: Span.Value)]) -> JSONValue {
        .array(
            attributes.map { name, value in
                let value: JSONValue =
                    switch value {
                    case .text(let text): ["stringValue": .string(text)]
                    case .integer(let number): ["intValue": .string("\(number)")]
                    }
                return ["key": .string(name), "value": value]
            })
    }
}
