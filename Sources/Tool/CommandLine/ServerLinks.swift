/// Addresses of pages on a server.
struct ServerLinks {
    /// Such as `https://localhost:8443`, without a slash at its end.
    let server: String

    init(_ server: String) { self.server = server.hasSuffix("/") ? String(server.dropLast()) : server }

    /// The inspector page.
    var inspector: String { server + "/inspect/" }
    /// The reference of the API.
    var docs: String { server + "/docs" }
    /// The inspector's page of an event.
    func event(_ id: Int64) -> String { inspector + "#/deliveries/event/\(id)" }
}
