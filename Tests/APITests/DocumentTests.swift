import JSON
import Ledger
import LocalStack
import Platform
import TestThreads
import Testing

@testable import API

/// The OpenAPI document, as it ships.
struct OpenAPIDocument {
    /// One method of one path.
    struct Operation: CustomStringConvertible {
        let method: String
        let path: String
        let value: JSONValue

        var scope: String { value["x-scope"]?.string ?? "" }
        /// Whether the ingest pool answers it: the hooks, and the health of what takes them.
        var isElsewhere: Bool {
            ["/health", "/live", "/ready", "/test/webhook"].contains(path) || value["tags"] == ["hooks"]
        }
        var description: String { "\(method) \(path)" }
    }

    let root: JSONValue
    let operations: [Operation]

    init() throws {
        let share = try Executable.share(of: Executable.current())
        root = try JSONValue(parsing: Files.read(share + "/nginx/docs/openapi.json"))
        operations = try #require(root["paths"]?.object).members.flatMap { path in
            (path.value.object?.members ?? []).map {
                Operation(method: $0.key.uppercased(), path: path.key, value: $0.value)
            }
        }
    }

    /// What a `$ref` points to.
    func resolved(_ value: JSONValue) -> JSONValue {
        guard let reference = value["$ref"]?.string else { return value }
        var found = root
        for key in reference.dropFirst(2).split(separator: "/") { found = found[String(key)] ?? .null }
        return resolved(found)
    }

    func parameters(_ operation: Operation, in place: String) -> Set<String> {
        Set(
            (operation.value["parameters"]?.array ?? []).map(resolved).filter { $0["in"]?.string == place }
                .compactMap { $0["name"]?.string })
    }

    func members(_ operation: Operation) -> Set<String>? {
        guard let schema = operation.value["requestBody"]?["content"]?["application/json"]?["schema"] else {
            return nil
        }
        return Set((resolved(schema)["properties"]?.object?.members ?? []).map(\.key))
    }
}

/// The document says what the routes are, and the routes what the document says.
@Suite(.blocking) struct DocumentTests {
    let document: OpenAPIDocument

    init() throws { document = try OpenAPIDocument() }

    @Test func everyRouteIsDocumentedAndEveryOperationIsARoute() {
        let documented = document.operations.filter { !$0.isElsewhere }.map(\.description)
        let routed = RouteTable.routes.map { "\($0.method) \($0.template)" }
        #expect(Set(documented) == Set(routed))
        #expect(documented.count == routed.count && routed.count >= 34)
    }

    /// Wherever the document lists what becomes of an event, the words are those of the filter.
    @Test func statesOfEventsAreTheSameEverywhere() {
        let words = EventFilter.State.allCases.map { JSONValue.string($0.rawValue) }
        var found = 0
        func walk(_ value: JSONValue) {
            if let listed = value["enum"]?.array, listed.contains("failed") {
                found += 1
                #expect(listed.filter { $0 != .null } == words)
            }
            for member in value.object?.members ?? [] { walk(member.value) }
            for element in value.array ?? [] { walk(element) }
        }
        walk(document.root)
        #expect(found > 4)
    }

    @Test func scopesParametersAndMembersAreTheSame() throws {
        for route in RouteTable.routes {
            let operation = try #require(
                document.operations.first { $0.method == route.method && $0.path == route.template })
            #expect(operation.scope == route.scope?.rawValue ?? "none", "\(operation)")
            #expect(document.parameters(operation, in: "query") == route.parameters, "\(operation)")
            #expect(document.members(operation) == route.members, "\(operation)")
            #expect(operation.value["responses"]?["200"]?["content"]?[route.type] != nil, "\(operation)")
            let security = operation.value["security"]
            #expect(route.scope == nil ? security == [] : security == nil, "\(operation)")
        }
    }
}
